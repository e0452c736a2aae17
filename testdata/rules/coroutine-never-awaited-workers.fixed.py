import asyncio

import aiomqtt
import asyncssh
import grpc
import nats
from arq import create_pool
from arq.connections import ArqRedis
from taskiq import InMemoryBroker

broker = InMemoryBroker()


async def publish(client: aiomqtt.Client):
    await client.publish("a", "b")
    await client.subscribe("a")
    await client.publish("a", "b")


async def copy(connection: asyncssh.SSHClientConnection):
    async with connection.start_sftp_client() as sftp:
        await sftp.get("a", "b")
        await sftp.get("a", "b")
        async with sftp.open("a") as f:
            await f.write("b")
    async with connection.create_process("cat") as process:
        process.stdin.write("a")
        await process.stdin.drain()
        await process.wait()
        process.terminate()
    connection.close()
    await connection.wait_closed()


class Greeter:
    async def SayHello(self, request, context: grpc.aio.ServicerContext):
        context.set_code(5)
        await context.abort(5, "not found")
        return request


async def serve():
    server = grpc.aio.server()
    server.add_insecure_port("[::]:50051")
    await server.start()
    await server.wait_for_termination()


def serve_threads(server: grpc.Server):
    server.start()
    server.wait_for_termination()


async def pull(js: nats.js.JetStreamContext):
    subscription = await js.pull_subscribe("a", "b")
    for message in await subscription.fetch(3):
        await message.ack()
        await message.ack()


async def enqueue(redis: ArqRedis):
    await redis.enqueue_job("a")
    job = await redis.enqueue_job("a")
    await job.result(timeout=3)
    other = await create_pool()
    await other.enqueue_job("a")
    await other.aclose()


@broker.task
async def convert(path): ...


@broker.task(retries=3)
def shrink(path): ...


async def kick():
    await convert.kiq("a")
    task = await shrink.kiq("a")
    await task.wait_result()
    await shrink.kicker().with_labels(a=1).kiq("a")
    shrink("a")
    await broker.startup()


async def talk(reader, writer):
    if reader.at_eof():
        await reader.readline()
    writer.write(b"a")
    await writer.drain()
    await writer.drain()
    writer.close()


class Server:
    async def talk(self, r, w):
        r.close()
        await w.wait_closed()
        w.read()

    async def other(self, reader, writer):
        reader.read()
        writer.drain()

    async def typed(self, reader: "Source", writer: "Sink"):
        reader.read()
        writer.drain()

    async def run(self):
        await asyncio.start_server(talk, port=1)
        await asyncio.start_unix_server(self.talk, "a")
        await asyncio.start_server(self.typed, port=3)
        other(self.other)
