import json
import time
from pathlib import Path

ROOT = Path("orders")


def wait_for_lock() -> None:
    time.sleep(0.05)  # related "`wait_for_lock` blocks here, in `time.sleep\\(\\)`"


def save(name, order):
    wait_for_lock()  # related "`save` calls `wait_for_lock`"
    write(name, order)


def write(name, order):
    (ROOT / name).write_text(json.dumps(order))


def path_of(name):
    return ROOT / name


def encode(order):
    return json.dumps(order)
