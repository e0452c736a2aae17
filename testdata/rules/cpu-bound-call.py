"""Calls that keep the processor busy."""

import asyncio
import gzip
import hashlib
import lzma
import zlib
from concurrent.futures import ProcessPoolExecutor
from hashlib import pbkdf2_hmac
from io import BytesIO

import bcrypt
import cv2
import numpy as np
import pandas as pd
import yaml
from argon2 import PasswordHasher
from passlib.context import CryptContext
from passlib.hash import bcrypt as bc
from PIL import Image

passwords = CryptContext(schemes=["bcrypt"])
hasher = PasswordHasher()


# What must be found.


async def hashing(password):
    bcrypt.hashpw(password, bcrypt.gensalt())  # want `AIO206` "`bcrypt.hashpw\\(\\)` blocks the event loop"
    bcrypt.checkpw(password, b"")  # want "checkpw"
    hasher.hash(password)  # want "hash"
    hasher.verify("x", password)  # want "verify"
    passwords.hash(password)  # want "hash"
    passwords.verify(password, "x")  # want "verify"
    bc.hash(password)  # want "hash"
    hashlib.pbkdf2_hmac("sha256", password, b"", 100000)  # want "pbkdf2_hmac"
    pbkdf2_hmac("sha256", password, b"", 100000)  # want "pbkdf2_hmac"
    hashlib.scrypt(password, salt=b"", n=2, r=8, p=1)  # want "scrypt"


async def data(b, path):
    zlib.compress(b), gzip.compress(b), lzma.compress(b)  # want "zlib.compress" "gzip.compress" "lzma.compress"
    yaml.safe_load(b)  # want "yaml.safe_load"
    yaml.load(b, Loader=yaml.Loader)  # want "yaml.load"
    pd.read_csv(path)  # want "read_csv"
    image = Image.open(BytesIO(b))
    image.resize((1, 1)).save(BytesIO())  # want "save" "resize"
    cv2.GaussianBlur(b, (5, 5), 0)  # want "GaussianBlur"


async def ranges():
    sum(range(10**8))  # want "`sum\\(range\\(10\\*\\*8\\)\\)` keeps the event loop busy for long; run it in a process pool, or in a thread with `await asyncio.to_thread\\(\\)`"
    total = sum(i * i for i in range(50_000_000))  # want "keeps the event loop busy"
    numbers = [i for i in range(10_000_000)]  # want "keeps the event loop busy"
    squares = {i: i * i for i in range(10**7)}  # want "keeps the event loop busy"
    ordered = sorted(range(1000 * 10000), key=lambda x: -x)  # want "keeps the event loop busy"
    for i in range(100_000_000):  # want "the loop over `range\\(100_000_000\\)` keeps the event loop busy for long"
        total += i
    for i in range(0, 10**8, 2):  # want "loop over"
        total += i
    for i in range(10_000):
        for j in range(10_000):  # want "loop over"
            total += i * j
    return total, numbers, squares, ordered


# What must stay silent.


def sync(b):
    zlib.compress(b)
    return sum(range(10**8))


async def short(n, items):
    sum(range(100))
    sum(range(n))
    range(10**8)
    for i in range(1000):
        print(i)
    for i in range(n):
        print(i)
    for i in range(10**8):
        await asyncio.sleep(0)
    for i in range(10**8):
        if items[i]:
            break
    for i in range(100):
        for j in range(100):
            print(i, j)
    for i in range(10_000):
        for j in range(10_000):
            await asyncio.sleep(0)
    for i in range(10_000):
        await asyncio.sleep(0)
        for j in range(10_000):
            print(i, j)
    return [x async for x in items for i in range(10**8)], sum(items), hashlib.sha256(b"x").hexdigest()


async def off_the_loop(b):
    await asyncio.to_thread(zlib.compress, b)
    await asyncio.to_thread(sum, range(10**8))
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor() as pool:
        await loop.run_in_executor(pool, sum, range(10**8))
    await asyncio.to_thread(lambda: sum(range(10**8)))


async def shadowed(sum, range):
    sum(range(10**8))


async def unknown(bcrypt, image):
    bcrypt.hashpw(b"", b"")
    image.resize((1, 1))
    return np
