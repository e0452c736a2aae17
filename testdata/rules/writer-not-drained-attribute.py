import asyncio


class Connection:
    def __init__(self, writer: asyncio.StreamWriter):
        self.writer = writer

    async def close(self):
        if self.writer is not None:
            self.writer.close()  # want "`self.writer.close\\(\\)` only begins"
            self.writer = None

    def abort(self):
        self.writer.close()

    async def is_closing(self):
        return self.writer.close()
