from client import Client

_client = Client()


def get_client():
    return _client


class Holder:
    def __init__(self):
        self.client = Client()
