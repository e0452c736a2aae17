from store import Store


class DiskStore(Store):
    def get(self, key):
        with open(key) as f:
            return f.read()

    def put(self, key, value):
        with open(key, "w") as f:
            f.write(value)

    def warm(self):
        return None

    def size(self):
        with open("size") as f:
            return int(f.read())
