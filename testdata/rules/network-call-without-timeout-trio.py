import trio


async def client(host):
    stream = await trio.open_tcp_stream(host, 1)  # want "set a limit with `trio.fail_after\\(\\)`"
    with trio.move_on_after(5):
        stream = await trio.open_tcp_stream(host, 1)
    with trio.CancelScope(deadline=5):
        stream = await trio.open_tcp_stream(host, 1)
    return stream
