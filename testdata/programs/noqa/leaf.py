import time


def short_wait():
    time.sleep(0.001)  # noqa: ASYNC251


def any_wait():
    time.sleep(0.001)  # noqa


def other_code():
    time.sleep(1)  # noqa: E501


def first_is_fine():
    time.sleep(0.001)  # noqa: ASYNC251
    time.sleep(1)


def through():
    short_wait()
