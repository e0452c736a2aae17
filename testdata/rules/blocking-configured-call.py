"""The calls that the settings name: acme.*, acme.client.*, acme.Client.fetch, legacy.lookup, json.load."""

import asyncio
import json
from json import load

import acme
import acme.client
import legacy as old
from acme import Client, compute as crunch
from acme.client import send
from legacy import lookup


async def found(f, c: Client, x: "acme.Client"):
    acme.compute(1)  # want `ASYNC200` "`acme.compute\\(\\)` blocks the event loop; run it in a thread with `await asyncio.to_thread\\(\\)`"
    crunch(1)  # want "`crunch\\(\\)` \\(`acme.compute`\\)"
    acme.client.send(1)  # want "use `acme.aio` or run it in a thread"
    send(1)  # want "use `acme.aio`"
    old.lookup("x")  # want "legacy.lookup"
    lookup("x")  # want "legacy.lookup"
    json.load(f)  # want "json.load"
    load(f)  # want "json.load"


async def silent(f, acme, c: Client):
    acme.compute(1)
    json.loads(f)
    old.other()
    await acme.client.send(1)
    await lookup("x")
    await asyncio.to_thread(lookup, "x")
    await asyncio.to_thread(lambda: lookup("x"))


def sync():
    lookup("x")
