import time


def flush(*args):
    time.sleep(1)


def count(*args):
    return len(args)


class Buffer:
    def __init__(self, loop):
        self.loop = loop

    def flush(self):
        flush()
