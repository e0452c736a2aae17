from res import AsyncGuard, Connection, Derived, Extended, Guard, Lazy, Made, Numbers, Pages, Proxy, Release, Row, Rows, Table


async def construct(path):
    Connection(path)  # want `AIO207` "`Connection\\(\\)` blocks the event loop: `Connection.__init__` calls `sqlite3.connect\\(\\)`"
    Derived(path)  # want `AIO207` "`Connection.__init__`"
    Extended(path)  # want `AIO207` "3 calls down, where `Connection.__init__`"
    Lazy(path)
    table = Table(path)  # want `AIO207` "`Table.__post_init__` calls `time.sleep\\(\\)`"
    Row(table)
    Proxy().anything()
    Made()  # want `AIO207` "`Made.__new__` calls `time.sleep\\(\\)`"


async def enter():
    with Guard():  # want `AIO207` "the `with` statement blocks the event loop: `Guard.__enter__`"
        pass
    with Release() as r:  # want `AIO207` "`Release.__exit__`"
        print(r)
    async with AsyncGuard():
        pass
    guard = Guard()
    return guard


async def iterate():
    for page in Pages(3):  # want `AIO207` "iterating over `Pages\\(3\\)` blocks the event loop: `Pages.__next__` calls"
        print(page)
    for row in Rows():  # want `AIO207` "`Rows.__iter__` calls `time.sleep\\(\\)`"
        print(row)
    for number in Numbers():
        print(number)
    print([n for n in Pages(2)])  # want `AIO207` "`Pages.__next__`"
