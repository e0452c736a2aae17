#: module cryptography.hazmat.primitives.asymmetric.rsa
def generate_private_key(public_exponent, key_size, backend=None): ...  #: blocks AIO206; instead asyncio.to_thread

#: module cryptography.hazmat.primitives.asymmetric.dsa
def generate_private_key(key_size, backend=None): ...  #: blocks AIO206; instead asyncio.to_thread
def generate_parameters(key_size, backend=None): ...  #: blocks AIO206; instead asyncio.to_thread

#: module cryptography.hazmat.primitives.asymmetric.dh
def generate_parameters(generator, key_size, backend=None): ...  #: blocks AIO206; instead asyncio.to_thread

#: module cryptography.hazmat.primitives.kdf.pbkdf2
class PBKDF2HMAC:
    def derive(self, key_material) -> bytes: ...  #: blocks AIO206; instead asyncio.to_thread
    def verify(self, key_material, expected_key) -> None: ...  #: blocks AIO206; instead asyncio.to_thread
#: module cryptography.hazmat.primitives.kdf.scrypt
class Scrypt:
    def derive(self, key_material) -> bytes: ...  #: blocks AIO206; instead asyncio.to_thread
    def verify(self, key_material, expected_key) -> None: ...  #: blocks AIO206; instead asyncio.to_thread
