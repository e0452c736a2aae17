class Bus:
    def __init__(self, handler):
        self.handler = handler

    def fire(self, event):
        self.handler(event)


class Waiter:
    def __init__(self, path):
        self.path = path

    def __call__(self):
        with open(self.path) as f:
            return f.read()

    def wait(self):
        with open(self.path) as f:
            return f.read()
