import exceptiongroup
import pytest
from pytest import raises


def work(): ...


class Own(ExceptionGroup):
    def derive(self, excs): ...


def test_raises(unittest):
    with pytest.raises(ExceptionGroup):  # want "the test passes whatever the exception group holds"
        work()
    with pytest.raises(BaseExceptionGroup, match="x"):  # want "whatever the exception group holds"
        work()
    with pytest.raises(expected_exception=ExceptionGroup):  # want "whatever"
        work()
    with pytest.raises((ValueError, ExceptionGroup)):  # want "whatever"
        work()
    with raises(exceptiongroup.ExceptionGroup):  # want "whatever"
        work()
    with raises(ExceptionGroup[ValueError]):  # want "whatever"
        work()
    pytest.raises(ExceptionGroup, work)  # want "whatever"

    with pytest.raises(ExceptionGroup) as caught:  # want "whatever"
        work()
    assert caught.value.exceptions
    with pytest.raises(ExceptionGroup, check=lambda e: e.exceptions):  # want "whatever"
        work()

    with pytest.raises(ValueError):
        work()
    with pytest.raises(Own):
        work()
    with pytest.RaisesGroup(ValueError):
        work()
    with unittest.raises(ExceptionGroup):
        work()
