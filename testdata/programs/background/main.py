import asyncio

import worker
from worker import Base, careful, delegates, one_at_a_time, risky


class Service(Base):
    def start(self, loop: asyncio.AbstractEventLoop):
        self._risky = asyncio.create_task(risky())  # want `AIO301` "`self._risky`"
        self._careful = asyncio.create_task(careful())
        self._delegates = asyncio.create_task(worker.delegates())
        self._known = asyncio.create_task(risky())
        asyncio.run_coroutine_threadsafe(risky(), loop)  # want `AIO302` "never seen"
        asyncio.run_coroutine_threadsafe(careful(), loop)
        asyncio.run_coroutine_threadsafe(delegates(), loop)

    async def stop(self):
        self._risky.cancel()
        self._careful.cancel()
        self._delegates.cancel()
        await self.close()


async def many(keys):
    await asyncio.gather(*[one_at_a_time(k) for k in keys], return_exceptions=True)  # want `AIO304` "are dropped"
    await asyncio.gather(*[delegates() for _ in keys], return_exceptions=True)
