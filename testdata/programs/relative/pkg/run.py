import time


def run():
    time.sleep(1)


def helper():
    time.sleep(1)
