import asyncio
import concurrent.futures
import time

import trio


def get_running_loop():
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def never_on_a_loop(message):
    try:
        trio.lowlevel.current_task()
    except RuntimeError:
        pass
    else:
        raise RuntimeError("call it from a thread")
    time.sleep(1)


def raises_on_a_loop():
    try:
        asyncio.get_running_loop()
        raise RuntimeError("call it from a thread")
    except RuntimeError:
        time.sleep(1)


def either(futures):
    if get_running_loop() is not None:
        return asyncio.wait(futures)
    else:
        return concurrent.futures.wait(futures)


def either_by_name(futures):
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        loop = None
    if loop is None:
        return concurrent.futures.wait(futures)
    return asyncio.wait(futures)


def either_by_call(futures):
    loop = asyncio.get_event_loop()
    if loop.is_running():
        return asyncio.wait(futures)
    return concurrent.futures.wait(futures)


def in_handler(coroutine):
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        time.sleep(1)
        return None
    return asyncio.ensure_future(coroutine)


def blocks_on_a_loop(coroutine):
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        loop = None
    if loop is None:
        return asyncio.run(coroutine)
    with concurrent.futures.ThreadPoolExecutor() as executor:
        return executor.submit(asyncio.run, coroutine).result()


def blocks_behind(message):
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return None
    time.sleep(1)
    return loop


def other_error(message):
    try:
        loop = asyncio.get_running_loop()
        loop.slow_callback_duration = float(message)
    except ValueError:
        time.sleep(1)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def either_by_helper(futures):
    loop = _running_loop()
    if loop is not None:
        return loop.create_task(asyncio.wait(futures))
    return concurrent.futures.wait(futures)


def either_by_flag(futures):
    try:
        # a comment
        asyncio.get_running_loop()
        running = True
    except RuntimeError:
        running = False
    if running:
        return asyncio.wait(futures)
    else:
        return concurrent.futures.wait(futures)


def either_by_early_flag(futures):
    running = False
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        pass
    else:
        running = True
    if not running:
        return concurrent.futures.wait(futures)
    return asyncio.wait(futures)


def other_flag(futures):
    running = True
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        running = False
    if running:
        return concurrent.futures.wait(futures)
    return asyncio.wait(futures)


def _drive(coroutine):
    return asyncio.run(coroutine)


def starts_by_flag(coroutine):
    try:
        asyncio.get_running_loop()
        running = True
    except RuntimeError:
        running = False
    if running:
        return asyncio.ensure_future(coroutine)
    return _drive(coroutine)
