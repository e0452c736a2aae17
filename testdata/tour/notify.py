"""Tells people that a price has fallen."""

import asyncio
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Alert:
    sku: str
    price: float
    address: str


@dataclass
class Notifier:
    sender: str
    sending: set[asyncio.Task[None]] = field(default_factory=set)

    async def send(self, alert: Alert) -> None:
        mail = f"Subject: {alert.sku} for {alert.price:.2f} €\n\n"
        subprocess.run(["sendmail", "-f", self.sender, alert.address], input=mail.encode(), check=True)
        self.record(alert)

    async def record(self, alert: Alert) -> None:
        await asyncio.to_thread(self._append, f"{alert.sku} {alert.price}\n")

    def _append(self, line: str) -> None:
        with open("alerts.log", "a") as log:
            log.write(line)

    def send_soon(self, alert: Alert) -> None:
        """Keeps the task, for the event loop itself does not."""
        task = asyncio.create_task(self.send(alert))
        self.sending.add(task)
        task.add_done_callback(self.sending.discard)


async def broadcast(notifier: Notifier, alerts: Iterable[Alert]) -> None:
    for alert in alerts:
        asyncio.create_task(notifier.send(alert))
