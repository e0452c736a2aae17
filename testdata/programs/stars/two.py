from one import *


def second():
    time_out()


def time_out():
    with open("two") as f:
        return f.read()


def shared():
    return None
