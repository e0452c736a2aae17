from config import Loaded, Settings
from service import Service


class App(Service):
    async def run(self):
        self.probe.ping()  # want `AIO207` "`self.probe.ping\\(\\)` blocks the event loop: `Probe.ping` calls `socket.create_connection\\(\\)`"
        self.settings.probe.ping()  # want `AIO207` "`Probe.ping`"
        self.probe.ready()  # want `AIO101` "never awaited"
        if self.maybe is not None:
            self.maybe.ping()  # want `AIO207` "`Probe.ping`"
        self.extra.ping()
        return self.loaded.text  # want `AIO207` "reading `self.loaded.text` blocks the event loop: `Loaded.text` calls"

    async def more(self):
        print(self.settings.loaded.lines)  # want `AIO207` "reading `self.settings.loaded.lines` blocks the event loop 2 calls down, where `Loaded.text`"
        print(self.loaded.name, self.settings.title)
        self.loaded.text = "x"


async def main(settings: Settings, app: App):
    settings.probe.ping()  # want `AIO207` "`Probe.ping`"
    settings.loaded.text.strip()  # want `AIO207` "reading `settings.loaded.text`"
    app.loaded.path.read_text()  # want `ASYNC240` "."
    Loaded("x").name.strip()
    del settings.loaded.text
