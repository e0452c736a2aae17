def sleep(seconds):
    return seconds


def pause():
    import time

    time.sleep(1)
