import asyncio


class Policy(asyncio.DefaultEventLoopPolicy):  # want "DefaultEventLoopPolicy"
    def __init__(self, debug):
        super().__init__()
        self.debug = debug
