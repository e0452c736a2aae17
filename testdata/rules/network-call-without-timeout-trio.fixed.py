import trio


async def client(host):
    with trio.fail_after(10):
        stream = await trio.open_tcp_stream(host, 1)
    with trio.move_on_after(5):
        stream = await trio.open_tcp_stream(host, 1)
    with trio.CancelScope(deadline=5):
        stream = await trio.open_tcp_stream(host, 1)
    return stream
