from disk import DiskStore
from store import Clock, Reader, Store


class FileReader:
    def read(self) -> str:
        with open("x") as f:
            return f.read()


async def by_declared_class(store: Store, reader: Reader, clock: Clock):
    store.get("a")
    store.put("a", "b")
    store.copy("a", "b")
    store.warm()  # want `AIO207` "`Store.warm` calls `open\\(\\)`"
    store.size()
    reader.read()
    clock.now()  # want `AIO101` "never awaited"
    await clock.now()


async def by_own_class(store: DiskStore):
    store.get("a")  # want `AIO207` "`DiskStore.get` calls `open\\(\\)`"
    store.warm()
    store.size()  # want `AIO207` "`DiskStore.size` calls `open\\(\\)`"
    FileReader().read()  # want `AIO207` "`FileReader.read` calls `open\\(\\)`"


async def narrowed(store: Store):
    if isinstance(store, DiskStore):
        store.get("a")  # want `AIO207` "`DiskStore.get` calls"
    store.get("a")
