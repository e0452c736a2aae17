import aiomqtt
import asyncssh
import grpc


async def main():
    with aiomqtt.Client("a") as client:  # want "__enter__"
        print(client)
    with asyncssh.connect("a") as connection:  # want "__enter__"
        print(connection)
    with grpc.aio.insecure_channel("a") as channel:  # want "__enter__"
        print(channel)
    with grpc.insecure_channel("a") as channel:
        print(channel)
    async with aiomqtt.Client("a"), asyncssh.connect("a") as connection, connection.start_sftp_client() as sftp:
        async with sftp.open("a") as file, await sftp.open("b") as other:
            print(file, other)
    async with await asyncssh.connect("a"), asyncssh.listen("", 22, server_factory=None):
        pass
