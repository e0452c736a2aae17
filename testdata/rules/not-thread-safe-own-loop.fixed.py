import asyncio
import threading


class Owner:
    def __init__(self, io_loop):
        self.io_loop = io_loop
        self.task = asyncio.create_task(self.work())
        threading.Thread(target=self.main).start()
        threading.Thread(target=self.other).start()

    async def work(self):
        await asyncio.sleep(1)

    def main(self):
        self.io_loop.run_sync(self.work)
        self.task.cancel()

    def other(self):
        self.task.get_loop().call_soon_threadsafe(self.task.cancel)
