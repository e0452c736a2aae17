from .. import run as run_function
from ..run import helper
from ... import above
from .deep.leaf import grow

__all__ = ["grow"]
__all__ += ["helper"]
__all__.extend(("run_function",))
