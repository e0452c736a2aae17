import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from bus import Bus

pool = ThreadPoolExecutor()


async def main() -> None:
    bus = Bus()
    threading.Thread(target=bus.publish, args=("a",)).start()  # want "`bus.publish` runs in a thread, where `_wake` calls `asyncio.Future.set_result\\(\\)`"
    threading.Thread(target=bus.publish_safely, args=("a",)).start()
    threading.Thread(target=bus.run_own).start()
    await asyncio.to_thread(bus.publish, "b")  # want "`bus.publish` runs in a thread"
    pool.submit(relay, bus)  # want "`relay` runs in a thread, where `_wake` calls" "the future of `pool.submit..` is dropped"
    await asyncio.to_thread(deliver, bus)
    bus.publish("c")


def relay(bus: Bus) -> None:
    bus.publish("d")  # related "`relay` calls `publish`"


def deliver(bus: Bus) -> None:
    bus.answer.set_result("e")  # want "`bus.answer.set_result\\(\\)` in a thread does not wake the event loop"
