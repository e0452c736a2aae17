from .io import *
from .io import _hidden as hidden_sleep
from .io.disk import Disk

__all__ = ["Disk", "flush", "hidden_sleep", "notify"]
