def load(f, *args, **kw): ...  #: blocks AIO206; instead asyncio.to_thread
def save(obj, f, *args, **kw): ...  #: blocks AIO206; instead asyncio.to_thread
