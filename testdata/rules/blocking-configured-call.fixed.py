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
    await asyncio.to_thread(acme.compute, 1)
    await asyncio.to_thread(crunch, 1)
    await asyncio.to_thread(acme.client.send, 1)
    await asyncio.to_thread(send, 1)
    await asyncio.to_thread(old.lookup, "x")
    await asyncio.to_thread(lookup, "x")
    await asyncio.to_thread(json.load, f)
    await asyncio.to_thread(load, f)


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
