"""Clients of services that answer synchronously."""

import asyncio

import anthropic
import boto3
import docker
import openai
import stripe
from anthropic import Anthropic, AsyncAnthropic
from google.cloud import bigquery, storage
from kafka import KafkaConsumer, KafkaProducer
from kubernetes import client as k8s
from minio import Minio
from openai import AsyncOpenAI, OpenAI
from slack_sdk import WebClient
from slack_sdk.web.async_client import AsyncWebClient
from twilio.rest import Client as Twilio

s3 = boto3.client("s3")
ai = OpenAI()


# What must be found.


async def aws(name):
    await asyncio.to_thread(s3.put_object, Bucket="b", Key="k")
    await asyncio.to_thread(boto3.client("sqs").send_message, QueueUrl="x")
    session = boto3.Session()
    await asyncio.to_thread(session.client("s3").list_objects_v2, Bucket="b")
    await asyncio.to_thread(session.resource("s3").Bucket("b").upload_file, "a", "b")


async def llm():
    await asyncio.to_thread(ai.chat.completions.create, model="x", messages=[])
    await asyncio.to_thread(openai.OpenAI().embeddings.create, input="x", model="y")
    await asyncio.to_thread(Anthropic().messages.create, model="x", max_tokens=1, messages=[])
    claude = anthropic.Anthropic()
    await asyncio.to_thread(claude.messages.create, model="x", max_tokens=1, messages=[])


async def others(name):
    await asyncio.to_thread(storage.Client().bucket("b").blob("x").download_as_bytes)
    (await asyncio.to_thread(bigquery.Client().query, "select 1")).result()
    await asyncio.to_thread(stripe.Charge.create, amount=1)
    await asyncio.to_thread(WebClient(token="x").chat_postMessage, channel="c", text="t")
    await asyncio.to_thread(docker.from_env().containers.run, "x")
    await asyncio.to_thread(k8s.CoreV1Api().list_namespaced_pod, "x")
    await asyncio.to_thread(Minio("x").fput_object, "b", "o", "f")
    await asyncio.to_thread(Twilio("a", "b").messages.create, to="x", body="y")
    producer = KafkaProducer()
    await asyncio.to_thread(producer.flush)
    for message in KafkaConsumer("t"):
        print(message)


class Assistant:
    def __init__(self, client: OpenAI):
        self.client = client
        self.slack = WebClient()
        self.fast = AsyncOpenAI()

    async def ask(self):
        await asyncio.to_thread(self.client.chat.completions.create, model="x", messages=[])
        await asyncio.to_thread(self.slack.api_call, "x")
        await self.fast.chat.completions.create(model="x", messages=[])


# What must stay silent.


def sync():
    s3.put_object()


async def asynchronous():
    await AsyncOpenAI().chat.completions.create(model="x", messages=[])
    await AsyncAnthropic().messages.create(model="x", max_tokens=1, messages=[])
    await AsyncWebClient().chat_postMessage(channel="c")
    await asyncio.to_thread(s3.put_object, Bucket="b")
    await asyncio.to_thread(lambda: s3.put_object(Bucket="b"))


async def unknown(client, stripe):
    client.put_object()
    stripe.Charge.create()
