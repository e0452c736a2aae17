import aiomqtt
from watchfiles import awatch, watch


async def main(client: aiomqtt.Client, stop):
    for message in client.messages:  # want "messages"
        print(message)
    for changes in awatch(".", stop_event=stop):  # want "awatch"
        print(changes)
    async for message in client.messages:
        print(message.topic.matches("a/#"))
    async for changes in awatch("."):
        print(changes)


def plain():
    for changes in watch("."):
        print(changes)
