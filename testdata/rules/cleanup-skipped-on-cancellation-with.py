import asyncio


class Pool:
    def __init__(self):
        self.limit = asyncio.Semaphore(3)
        self.running = set()
        self.busy = set()

    async def run(self, job):
        async with self.limit:
            self.running.add(job)
            try:
                return await job.run()
            finally:
                self.running.discard(job)

    async def stop(self, job):
        async with self.limit:
            self.running.add(job)
            try:
                return await job.run()
            except BaseException:
                await job.kill()
                raise
            finally:
                self.running.discard(job)

    async def late(self, job):
        async with self.limit:
            self.busy.add(job)
            await job.prepare()
            try:
                return await job.run()
            finally:
                self.busy.discard(job)  # want "before its `try`"
