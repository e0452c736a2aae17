import copy


def work(*args): ...


def first_of_many(cond):
    try:
        work()
    except* ValueError as e:
        raise e.exceptions[0]  # want "`e.exceptions\\[0\\]` is raised in place of its group, so the other exceptions in it are lost"
    try:
        work()
    except ExceptionGroup as e:
        raise e.exceptions[0] from e  # want "in place of its group"
    try:
        work()
    except (ExceptionGroup, BaseExceptionGroup) as e:
        raise e.exceptions[0] from None  # want "in place of its group"
    try:
        work()
    except BaseExceptionGroup as e:
        for x in e.exceptions:
            raise x  # want "`x` is raised in place of its group"
    try:
        work()
    except BaseExceptionGroup as e:
        mine = e.exceptions[0]
        raise mine  # want "`mine` is raised in place of its group"
    try:
        work()
    except BaseExceptionGroup as e:
        all_of_them = e.exceptions
        if cond:
            raise all_of_them[0]  # want "in place of its group"
    try:
        work()
    except* OSError as e:
        one, *rest = e.exceptions
        print(rest)
        raise one  # want "`one` is raised in place of its group"
    try:
        work()
    except* OSError as e:
        raise e.exceptions[0].exceptions[0]  # want "in place of its group"
    try:
        work()
    except* OSError as e:
        other = e
        raise other.exceptions[0]  # want "in place of its group"
    try:
        work()
    except* OSError as e:
        try:
            work()
        except ValueError:
            raise e.exceptions[0]  # want "in place of its group"


def the_only_one():
    try:
        work()
    except ExceptionGroup as e:
        if len(e.exceptions) == 1:
            raise e.exceptions[0] from None  # want "raising `e.exceptions\\[0\\]` while its group is handled replaces its context"
        raise
    try:
        work()
    except BaseExceptionGroup as e:
        while isinstance(e, BaseExceptionGroup) and len(e.exceptions) == 1:
            e = e.exceptions[0]
        raise e  # want "replaces its context"


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
