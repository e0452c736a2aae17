import time

import redis
import requests

from . import psycopg2
from . import time as clock
from .time import pause, sleep


async def main():
    redis.Redis().get("a")
    redis.from_url("x").get("a")
    redis.Redis().fetch("a")  # want `AIO101` "never awaited"
    requests.get("a")
    requests.post("a")  # want `AIO207` "`post` calls `time.sleep\\(\\)`"
    clock.sleep(1)
    sleep(1)
    pause()  # want `AIO207` "`pause` calls `time.sleep\\(\\)`"
    time.sleep(1)  # want `ASYNC251` "."
    psycopg2.connect("x")  # want `AIO207` "`connect` calls `psycopg2.connect\\(\\)`"
