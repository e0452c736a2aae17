import time


def get(url):
    return url


def post(url):
    time.sleep(1)
