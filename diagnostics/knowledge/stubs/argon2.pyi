class PasswordHasher:
    def hash(self, password, *, salt=None) -> str: ...  #: blocks AIO206; instead asyncio.to_thread
    def verify(self, hash, password) -> bool: ...  #: blocks AIO206; instead asyncio.to_thread
    def check_needs_rehash(self, hash) -> bool: ...
