from typing import Union

import backends
from backends import Slow, Slower


async def main(backend: Slow | Slower, old: Union[Slow, Slower], maybe: Slow | None, other: "Slow | Unknown", flag):
    backend.save()  # want `AIO207` "blocks the event loop: `Slow.save` calls"
    old.save()  # want `AIO207` "`Slow.save`"
    backend.name()
    maybe.save()  # want `AIO207` "`Slow.save`"
    other.save()
    backends.pick(flag)()
    backends.save_any(flag)
    backends.pick_slow(flag)()  # want `AIO207` "blocks"
    backends.run_picked(flag)  # want `AIO207` "2 calls down"
    chosen = Slow() if flag else Slower()
    chosen.save()  # want `AIO207` "`Slow.save`"
    chosen.name()
