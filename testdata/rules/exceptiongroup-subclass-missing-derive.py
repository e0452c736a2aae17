import builtins
from typing import Generic, TypeVar

import exceptiongroup

from elsewhere import Mixin

T = TypeVar("T", bound=BaseException)


class Plain(ExceptionGroup):  # want "`Plain` does not override `derive`"
    """What went wrong."""


class OneLine(BaseExceptionGroup): pass  # want "`OneLine` does not override `derive`"


class OfErrors(ExceptionGroup[Exception]):  # want "`OfErrors`"
    code = 1


class WithInit(ExceptionGroup, Generic[T]):  # want "`WithInit`"
    def __init__(self, message, excs): ...


class Qualified(builtins.ExceptionGroup):  # want "`Qualified`"
    pass


class Backport(exceptiongroup.ExceptionGroup):  # want "`Backport`"
    pass


class Derives(ExceptionGroup):
    def derive(self, excs):
        return Derives(self.message, excs)


class Later(ExceptionGroup):
    if T:

        def derive(self, excs): ...


class Assigned(ExceptionGroup):
    derive = lambda self, excs: Assigned(self.message, excs)


class Below(Derives):
    pass


class Both(Derives, ExceptionGroup):
    pass


class BelowPlain(Plain):
    pass


class Helper:
    def derive(self, excs): ...


class Mixed(Helper, ExceptionGroup):
    pass


class Unknown(Mixin, ExceptionGroup):
    pass


class NoGroup(Exception):
    pass


def local():
    class Inner(ExceptionGroup):  # want "`Inner`"
        pass

    class Fine(ExceptionGroup):
        def derive(self, excs): ...

    return Inner, Fine
