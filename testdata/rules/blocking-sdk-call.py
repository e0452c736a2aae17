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
    s3.put_object(Bucket="b", Key="k")  # want `AIO204` "`s3.put_object\\(\\)` .*blocks the event loop"
    boto3.client("sqs").send_message(QueueUrl="x")  # want "send_message"
    session = boto3.Session()
    session.client("s3").list_objects_v2(Bucket="b")  # want "list_objects_v2"
    session.resource("s3").Bucket("b").upload_file("a", "b")  # want "upload_file"


async def llm():
    ai.chat.completions.create(model="x", messages=[])  # want "create"
    openai.OpenAI().embeddings.create(input="x", model="y")  # want "create"
    Anthropic().messages.create(model="x", max_tokens=1, messages=[])  # want "create"
    claude = anthropic.Anthropic()
    claude.messages.create(model="x", max_tokens=1, messages=[])  # want "create"


async def others(name):
    storage.Client().bucket("b").blob("x").download_as_bytes()  # want "download_as_bytes"
    bigquery.Client().query("select 1").result()  # want "result" "query"
    stripe.Charge.create(amount=1)  # want "create"
    WebClient(token="x").chat_postMessage(channel="c", text="t")  # want "chat_postMessage"
    docker.from_env().containers.run("x")  # want "run"
    k8s.CoreV1Api().list_namespaced_pod("x")  # want "list_namespaced_pod"
    Minio("x").fput_object("b", "o", "f")  # want "fput_object"
    Twilio("a", "b").messages.create(to="x", body="y")  # want "create"
    producer = KafkaProducer()
    producer.flush()  # want "flush"
    for message in KafkaConsumer("t"):  # want "each step"
        print(message)


class Assistant:
    def __init__(self, client: OpenAI):
        self.client = client
        self.slack = WebClient()
        self.fast = AsyncOpenAI()

    async def ask(self):
        self.client.chat.completions.create(model="x", messages=[])  # want "create"
        self.slack.api_call("x")  # want "api_call"
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
