import asyncio


class Bus:
    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.answer: asyncio.Future[str] = self.loop.create_future()

    def publish(self, text: str) -> None:
        self._wake(text)  # related "`publish` calls `_wake`"

    def _wake(self, text: str) -> None:
        self.answer.set_result(text)  # related "is not thread-safe"

    def publish_safely(self, text: str) -> None:
        self.loop.call_soon_threadsafe(self.answer.set_result, text)

    def run_own(self) -> None:
        loop = asyncio.new_event_loop()
        loop.call_soon(print)
        loop.run_forever()
