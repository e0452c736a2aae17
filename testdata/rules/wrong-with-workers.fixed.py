import aiomqtt
import asyncssh
import grpc


async def main():
    async with aiomqtt.Client("a") as client:
        print(client)
    async with asyncssh.connect("a") as connection:
        print(connection)
    async with grpc.aio.insecure_channel("a") as channel:
        print(channel)
    with grpc.insecure_channel("a") as channel:
        print(channel)
    async with aiomqtt.Client("a"), asyncssh.connect("a") as connection, connection.start_sftp_client() as sftp:
        async with sftp.open("a") as file, await sftp.open("b") as other:
            print(file, other)
    async with await asyncssh.connect("a"), asyncssh.listen("", 22, server_factory=None):
        pass
