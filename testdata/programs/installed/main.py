import blocky
import fast
import native
import requests
import typed


async def main(session: typed.Session):
    blocky.call("a")  # want `AIO207` "2 calls down, where `_dial` calls `socket.create_connection\\(\\)`"
    blocky.quiet("a")
    blocky.Client().send(b"")  # want `AIO101` "never awaited"
    blocky.Client().name()
    typed.open("x").get("y")
    typed.open("x").aget("y")  # want `AIO101` "never awaited"
    session.aget("y")  # want `AIO101` "never awaited"
    typed.probe("x")  # want `AIO101` "never awaited"
    await typed.open("x")  # want `AIO107` "."
    await session.get("x")
    print(session.closed)
    native.Engine().run()  # want `AIO101` "never awaited"
    native.Engine().stop()
    native.blocking_looking("x")
    fast.crunch(1)  # want `AIO207` "`crunch` calls `time.sleep\\(\\)`"
    fast.acrunch(1)  # want `AIO101` "never awaited"
    requests.get("a")  # want `ASYNC210` "."
