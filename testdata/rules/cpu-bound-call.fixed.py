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
    await asyncio.to_thread(bcrypt.hashpw, password, bcrypt.gensalt())
    await asyncio.to_thread(bcrypt.checkpw, password, b"")
    await asyncio.to_thread(hasher.hash, password)
    await asyncio.to_thread(hasher.verify, "x", password)
    await asyncio.to_thread(passwords.hash, password)
    await asyncio.to_thread(passwords.verify, password, "x")
    await asyncio.to_thread(bc.hash, password)
    await asyncio.to_thread(hashlib.pbkdf2_hmac, "sha256", password, b"", 100000)
    await asyncio.to_thread(pbkdf2_hmac, "sha256", password, b"", 100000)
    await asyncio.to_thread(hashlib.scrypt, password, salt=b"", n=2, r=8, p=1)


async def data(b, path):
    await asyncio.to_thread(zlib.compress, b), await asyncio.to_thread(gzip.compress, b), await asyncio.to_thread(lzma.compress, b)
    await asyncio.to_thread(yaml.safe_load, b)
    await asyncio.to_thread(yaml.load, b, Loader=yaml.Loader)
    await asyncio.to_thread(pd.read_csv, path)
    image = Image.open(BytesIO(b))
    (await asyncio.to_thread(image.resize, (1, 1))).save(BytesIO())
    await asyncio.to_thread(cv2.GaussianBlur, b, (5, 5), 0)


async def ranges():
    await asyncio.to_thread(sum, range(10**8))
    total = await asyncio.to_thread(sum, (i * i for i in range(50_000_000)))
    numbers = [i for i in range(10_000_000)]
    squares = {i: i * i for i in range(10**7)}
    ordered = await asyncio.to_thread(sorted, range(1000 * 10000), key=lambda x: -x)
    for i in range(100_000_000):
        total += i
    for i in range(0, 10**8, 2):
        total += i
    for i in range(10_000):
        for j in range(10_000):
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
