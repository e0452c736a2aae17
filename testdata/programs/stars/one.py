import time

from two import *


def first():
    time.sleep(1)


def shared():
    time.sleep(1)
