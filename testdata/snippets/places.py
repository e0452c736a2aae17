"""A docstring.
# place: none
gather
"""
import asyncio
from os import (
    # place: none
    gather
)

# place: module
gather

VALUE = """
# place: none
gather
"""

TEXT = f"""
# place: none
gather
{
# place: none
gather
}
"""


def plain(
    # place: none
    gather
):
    # place: function
    gather
    values = [
        # place: none
        gather
    ]
    call(a,
        # place: none
         gather
    )
    total = 1 + \
        gather  # the line above is continued


def decorate(f):
    @decorated
    # place: none
    gather

    def inner():
        # place: function
        aio-gather

    async def other():
        # place: coroutine
        aio-gather
        lambda: 1
    # place: function
    gather


@app.get("/")
# place: none
gather

async def main():
    # place: coroutine
    
    if a:
        # place: coroutine
        gather
    else:
        pass
    match a:
        # place: none
        case
    match = 1
    # place: coroutine
    match
    x.
    # place: coroutine
    gather
    # place: none
    x.gather
    # place: none
    "gather
    # place: none
    f'{gather
    # place: none
    x = gather
    # place: none
    # gather
    # place: none
    import gather
    # place: none
    from gather
    # place: none
    @gather
    # place: none
    await gather
    # place: none
    gather, 
    try:
        # place: coroutine
        aio-

    finally:
        class Local:
            # place: class
            aio
        # place: coroutine
        aio
# place: module
aio


class Service:
    # place: class
    aio

    async def run(self):
        # place: coroutine
        aio
        def inner():
            # place: function
            aio
        # place: coroutine
        aio
    # place: class
    aio

    def plain(self):
        # place: function
        aio

# place: module
aio
