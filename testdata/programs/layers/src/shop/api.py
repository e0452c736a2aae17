import asyncio

import shop.storage
from shop.orders import Orders

orders = Orders()


async def create(name, order):
    orders.add(name, order)  # want `AIO207` "`orders.add\\(\\)` blocks the event loop 3 calls down, where `wait_for_lock` calls `time.sleep\\(\\)`"


async def replace(name, order):
    shop.storage.save(name, order)  # want `AIO207` "2 calls down, where `wait_for_lock`"


async def twice(name, order):
    orders.add(name, order)  # want `AIO207` "3 calls down"
    orders.add(name, order)  # want `AIO207` "3 calls down"


async def in_thread(name, order):
    await asyncio.to_thread(orders.add, name, order)


async def remove(name):
    orders.drop(name)
    return orders.spelled(name), shop.storage.path_of(name)


def plain(name, order):
    orders.add(name, order)
