import time


def save(n: int) -> None:
    time.sleep(n)
