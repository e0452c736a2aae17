from . import disk
from .disk import Disk, _hidden, flush, notify

__all__ = ["flush", "notify", "disk", "_hidden"]
