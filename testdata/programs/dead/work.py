import sys
import time
from typing import TYPE_CHECKING


def after_return():
    return 1
    time.sleep(1)


def under_type_checking():
    if TYPE_CHECKING:
        time.sleep(1)


def raises():
    raise RuntimeError
    time.sleep(1)


def nested_only():
    def inner():
        time.sleep(1)

    return inner


def lambda_only():
    return lambda: time.sleep(1)


def class_only():
    class Inner:
        def run(self):
            time.sleep(1)

    return Inner


def class_body():
    class Inner:
        time.sleep(1)

    return Inner


def live():
    if sys.argv:
        return 1
    time.sleep(1)


def default(value=time.sleep(1)):
    return value
