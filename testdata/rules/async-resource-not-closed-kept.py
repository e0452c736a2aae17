from abc import abstractmethod

import aiokafka
import redis.asyncio as redis
from pymongo import AsyncMongoClient


class Producer:
    async def connect(self, producer, name): ...

    @abstractmethod
    async def publish(self, message): ...


class Broker:
    producer: Producer

    async def connect(self):
        producer = aiokafka.AIOKafkaProducer()
        await self.producer.connect(producer, name="a")


def database(url):
    return AsyncMongoClient(url).get_default_database()


async def listen(url):
    pubsub = redis.Redis.from_url(url).pubsub()
    await pubsub.subscribe("news")
    return pubsub


async def lookup(url):
    return await AsyncMongoClient(url).server_info()  # want "only this expression refers to it"
