class SentenceTransformer:
    def __init__(self, *args, **kw): ...  #: blocks AIO206; instead asyncio.to_thread
    def __call__(self, *args, **kw): ...  #: blocks AIO206; instead asyncio.to_thread
    def __iter__(self) -> Iterator[Any]: ...
    def encode(self, sentences, *args, **kw): ...  #: blocks AIO206; instead asyncio.to_thread
