import time


class Slow:
    def save(self):
        time.sleep(1)

    def name(self):
        time.sleep(1)


class Slower:
    def save(self):
        time.sleep(2)

    def name(self):
        return "slower"


def save_slow():
    time.sleep(1)


def save_slower():
    time.sleep(2)


def save_quick():
    return None


def save_any(quick):
    return pick(quick)()


def pick(quick):
    if quick:
        return save_quick
    return save_slow


def pick_slow(much):
    return save_slower if much else save_slow


def run_picked(much):
    pick_slow(much)()
