from .run import run
from .sub import *
from .sub.deep import leaf as leaf_module

value = 1
