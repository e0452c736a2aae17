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
    client.publish("a", "b")  # want "client.publish"
    client.subscribe("a")  # want "client.subscribe"
    await client.publish("a", "b")


async def copy(connection: asyncssh.SSHClientConnection):
    async with connection.start_sftp_client() as sftp:
        sftp.get("a", "b")  # want "sftp.get"
        await sftp.get("a", "b")
        async with sftp.open("a") as f:
            f.write("b")  # want "f.write"
    async with connection.create_process("cat") as process:
        process.stdin.write("a")
        process.stdin.drain()  # want "drain"
        process.wait()  # want "process.wait"
        process.terminate()
    connection.close()
    connection.wait_closed()  # want "wait_closed"


class Greeter:
    async def SayHello(self, request, context: grpc.aio.ServicerContext):
        context.set_code(5)
        context.abort(5, "not found")  # want "context.abort"
        return request


async def serve():
    server = grpc.aio.server()
    server.add_insecure_port("[::]:50051")
    server.start()  # want "server.start"
    await server.wait_for_termination()


def serve_threads(server: grpc.Server):
    server.start()
    server.wait_for_termination()


async def pull(js: nats.js.JetStreamContext):
    subscription = await js.pull_subscribe("a", "b")
    for message in await subscription.fetch(3):
        message.ack()  # want "message.ack"
        await message.ack()


async def enqueue(redis: ArqRedis):
    redis.enqueue_job("a")  # want "redis.enqueue_job"
    job = await redis.enqueue_job("a")
    job.result(timeout=3)  # want "job.result"
    other = await create_pool()
    await other.enqueue_job("a")
    await other.aclose()


@broker.task
async def convert(path): ...


@broker.task(retries=3)
def shrink(path): ...


async def kick():
    convert.kiq("a")  # want "convert.kiq"
    task = await shrink.kiq("a")
    task.wait_result()  # want "task.wait_result"
    shrink.kicker().with_labels(a=1).kiq("a")  # want "kiq"
    shrink("a")
    broker.startup()  # want "broker.startup"


async def talk(reader, writer):
    if reader.at_eof():
        reader.readline()  # want "reader.readline"
    writer.write(b"a")
    writer.drain()  # want "writer.drain"
    await writer.drain()
    writer.close()


class Server:
    async def talk(self, r, w):
        r.close()
        w.wait_closed()  # want "w.wait_closed"
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
