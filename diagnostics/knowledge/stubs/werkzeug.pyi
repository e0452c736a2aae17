#: module werkzeug.security
def generate_password_hash(password, method=..., salt_length=16) -> str: ...  #: blocks AIO206; instead asyncio.to_thread
def check_password_hash(pwhash, password) -> bool: ...  #: blocks AIO206; instead asyncio.to_thread
