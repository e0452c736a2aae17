import errno


def work(): ...


class Own(ExceptionGroup):
    code = 1

    def derive(self, excs):
        return Own(self.message, excs)


def wrong():
    try:
        work()
    except* OSError as e:
        if e.errno == errno.ENOENT:  # want "`e` is an exception group, which has no `errno`; look at its `exceptions`"
            print(f"{e.filename}")  # want "no `filename`"
        e.response.status  # want "no `response`"
    try:
        work()
    except ExceptionGroup as group:
        print(group.code)  # want "`group` is an exception group, which has no `code`"
    try:
        work()
    except (ExceptionGroup, BaseExceptionGroup) as group:
        group.retry()  # want "no `retry`"


def nested():
    try:
        work()
    except* OSError as e:
        print(lambda: e)
        e.errno  # want "no `errno`"
    try:
        work()
    except* OSError as e:
        print(lambda: e)
        e = e.exceptions[0]
        e.errno


def right():
    try:
        work()
    except* OSError as e:
        print(e.exceptions, e.message, e.args, e.split, e.subgroup, e.derive, e.__notes__, e.__cause__)
        e.add_note("note")
        raise e.with_traceback(None)
    try:
        work()
    except* OSError as e:
        for e in e.exceptions:
            print(e.errno)
    try:
        work()
    except* OSError as e:
        e = e.exceptions[0]
        print(e.errno)
    try:
        work()
    except* OSError as e:
        if hasattr(e, "code"):
            print(e.code)
    try:
        work()
    except* OSError as e:
        e.seen = True
        print(e.seen)
    try:
        work()
    except OSError as e:
        print(e.errno)
    try:
        work()
    except (ExceptionGroup, OSError) as e:
        print(e.errno)
    try:
        work()
    except Own as e:
        print(e.code)
    try:
        work()
    except* OSError as e:
        print([x.errno for x in e.exceptions])
    print(e.errno)


def assigns():
    try:
        work()
    except* OSError as e:
        e.reason = "x"
        print(e.reason)
        print(e.errno)  # want "has no `errno`"
