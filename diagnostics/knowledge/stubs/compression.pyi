# Since 3.14.
#: module compression.bz2
from bz2 import *
#: module compression.gzip
from gzip import *
#: module compression.lzma
from lzma import *
#: module compression.zlib
from zlib import *
#: module compression.zstd
def compress(data, level: int | None = None, options=None, zstd_dict=None) -> bytes: ...  #: blocks AIO206; since 3.14
def decompress(data, zstd_dict=None, options=None) -> bytes: ...  #: since 3.14
def open(file, /, mode: str = "rb", *, level: int | None = None, options=None, zstd_dict=None, encoding: str | None = None, errors: str | None = None, newline: str | None = None) -> _OpenFile: ...  #: blocks ASYNC230; since 3.14
class ZstdFile(io.BufferedIOBase):
    def __init__(self, file, /, mode: str = "r", *, level: int | None = None, options=None, zstd_dict=None): ...
    def peek(self, size: int = -1) -> bytes: ...
class _OpenFile(ZstdFile):
    def __next__(self) -> bytes: ...  #: blocks ASYNC232
    #: default blocks ASYNC232
    def read(self, size: int | None = -1) -> bytes: ...
    def readline(self, size: int | None = -1) -> bytes: ...
    def write(self, data, /) -> int: ...
