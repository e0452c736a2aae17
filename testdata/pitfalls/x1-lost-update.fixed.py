"""Quick reference: Lock() for shared mutable state.

Each of a hundred deposits reads the balance, awaits, and writes what it read plus one.

Instead: hold an asyncio.Lock from the read to the write
"""

import asyncio


class Account:
    def __init__(self) -> None:
        self.balance = 0
        self._balance_lock = asyncio.Lock()

    async def deposit(self) -> None:
        async with self._balance_lock:
            balance = self.balance
            await asyncio.sleep(0.001)
            self.balance = balance + 1


async def main() -> int:
    account = Account()
    async with asyncio.TaskGroup() as group:
        for _ in range(100):
            group.create_task(account.deposit())
    return account.balance


balance = asyncio.run(main())
if balance != 100:
    raise SystemExit(f"HARM: after 100 deposits the balance is {balance}")
