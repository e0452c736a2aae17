import time

import tree


def visit(node, depth):
    with open("log") as log:  # related "`visit` blocks here, in `open\\(\\)`"
        log.read()
    tree.descend(node, depth)


def even(n):
    return True if n == 0 else tree_odd(n - 1)


def tree_odd(n):
    return False if n == 0 else even(n - 1)


def odd_then_wait(n):
    if n:
        even_then_wait(n - 1)


def even_then_wait(n):
    if n:
        odd_then_wait(n - 1)
    time.sleep(1)


async def main(node):
    tree.descend(node, 1)  # want `AIO207` "`tree.descend\\(\\)` blocks the event loop 2 calls down, where `visit`"
    visit(node, 1)  # want `AIO207` "`visit` calls `open\\(\\)`"
