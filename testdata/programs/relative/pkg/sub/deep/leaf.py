from ... import value
from ...run import run
from .. import *
from ....elsewhere import lost


def grow():
    run()  # related "`grow` calls `run`"


async def shrink():
    grow()  # want `AIO207` "2 calls down"
    helper()  # want `AIO207` "`helper` calls"
    lost()
    return value
