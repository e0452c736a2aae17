def hashpw(password, salt) -> bytes: ...  #: blocks AIO206; instead asyncio.to_thread
def checkpw(password, hashed_password) -> bool: ...  #: blocks AIO206; instead asyncio.to_thread
def kdf(password, salt, desired_key_bytes, rounds, ignore_few_rounds=False) -> bytes: ...  #: blocks AIO206; instead asyncio.to_thread
def gensalt(rounds=12, prefix=...) -> bytes: ...
