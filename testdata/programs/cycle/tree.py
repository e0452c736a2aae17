import time

import walk


def descend(node, depth):
    if depth:
        for child in node:
            walk.visit(child, depth - 1)  # related "`descend` calls `visit`"
    return node


def settle(n):
    if n:
        return settle(n - 1)
    time.sleep(1)


def countdown(n):
    return countdown(n - 1) if n else 0


async def main(node):
    descend(node, 3)  # want `AIO207` "`descend\\(\\)` blocks the event loop 2 calls down, where `visit` calls `open\\(\\)`"
    settle(3)  # want `AIO207` "`settle` calls `time.sleep\\(\\)`"
    countdown(3)
    walk.even(10)
    walk.odd_then_wait(3)  # want `AIO207` "2 calls down, where `even_then_wait`"
    walk.even_then_wait(3)  # want `AIO207` "`even_then_wait` calls `time.sleep\\(\\)`"
