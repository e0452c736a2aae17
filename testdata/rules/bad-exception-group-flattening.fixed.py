import copy


def work(*args): ...


def first_of_many(cond):
    try:
        work()
    except* ValueError as e:
        raise copy.copy(e.exceptions[0])
    try:
        work()
    except ExceptionGroup as e:
        raise copy.copy(e.exceptions[0]) from e
    try:
        work()
    except (ExceptionGroup, BaseExceptionGroup) as e:
        raise copy.copy(e.exceptions[0]) from None
    try:
        work()
    except BaseExceptionGroup as e:
        for x in e.exceptions:
            raise copy.copy(x)
    try:
        work()
    except BaseExceptionGroup as e:
        mine = e.exceptions[0]
        raise copy.copy(mine)
    try:
        work()
    except BaseExceptionGroup as e:
        all_of_them = e.exceptions
        if cond:
            raise copy.copy(all_of_them[0])
    try:
        work()
    except* OSError as e:
        one, *rest = e.exceptions
        print(rest)
        raise copy.copy(one)
    try:
        work()
    except* OSError as e:
        raise copy.copy(e.exceptions[0].exceptions[0])
    try:
        work()
    except* OSError as e:
        other = e
        raise copy.copy(other.exceptions[0])
    try:
        work()
    except* OSError as e:
        try:
            work()
        except ValueError:
            raise copy.copy(e.exceptions[0])


def the_only_one():
    try:
        work()
    except ExceptionGroup as e:
        if len(e.exceptions) == 1:
            raise copy.copy(e.exceptions[0]) from None
        raise
    try:
        work()
    except BaseExceptionGroup as e:
        while isinstance(e, BaseExceptionGroup) and len(e.exceptions) == 1:
            e = e.exceptions[0]
        raise copy.copy(e)


class Failed(Exception): ...


def right(cond):
    try:
        work()
    except ExceptionGroup as e:
        raise copy.copy(e.exceptions[0])
    try:
        work()
    except ExceptionGroup as e:
        raise Failed from e
    try:
        work()
    except ExceptionGroup as e:
        raise Failed(e.exceptions[0]) from e
    try:
        work()
    except* ValueError as e:
        raise e
    try:
        work()
    except* ValueError as e:
        raise
    try:
        work()
    except* ValueError as e:
        match, rest = e.split(ValueError)
        raise rest
    error = None
    try:
        work()
    except ExceptionGroup as e:
        error = e.exceptions[0]
    if error:
        raise error
    try:
        work()
    except Exception as e:
        raise e.exceptions[0]
    try:
        work()
    except (ExceptionGroup, ValueError) as e:
        raise e.exceptions[0]
    try:
        work()
    except ExceptionGroup as e:
        raise cond.exceptions[0]
    try:
        work()
    except ExceptionGroup as e:
        raise e.args[0]
    try:
        work()
    except ExceptionGroup:
        raise
