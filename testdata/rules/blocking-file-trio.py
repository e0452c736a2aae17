import trio


async def main(p):
    with open(p) as f:  # want `ASYNC230` "open"
        return f.read()  # want `ASYNC232` "[.]read[(]"
