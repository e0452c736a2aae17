from . import storage
from .storage import save as save_order


class Orders:
    def __init__(self):
        self.open = {}

    def add(self, name, order):
        self.open[name] = order
        save_order(name, order)  # related "`Orders.add` calls `save`"

    def drop(self, name):
        self.open.pop(name, None)

    def spelled(self, name):
        return storage.encode(self.open[name])
