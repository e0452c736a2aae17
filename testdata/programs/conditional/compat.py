import sys
import time

try:
    from fastwait import wait
except ImportError:

    def wait():
        time.sleep(1)


try:
    import ujson as json
except ImportError:
    import json

if sys.version_info >= (3, 12):

    def pause():
        time.sleep(1)

else:

    def pause():
        time.sleep(2)


if sys.platform == "win32":

    def settle():
        time.sleep(1)

else:

    def settle():
        return None


if sys.platform == "linux":

    class Port:
        def send(self):
            time.sleep(1)

        def name(self):
            return "port"


try:
    import lockfile
except ImportError:
    lockfile = None
