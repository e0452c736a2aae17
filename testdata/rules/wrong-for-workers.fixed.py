import aiomqtt
from watchfiles import awatch, watch


async def main(client: aiomqtt.Client, stop):
    async for message in client.messages:
        print(message)
    async for changes in awatch(".", stop_event=stop):
        print(changes)
    async for message in client.messages:
        print(message.topic.matches("a/#"))
    async for changes in awatch("."):
        print(changes)


def plain():
    for changes in watch("."):
        print(changes)
