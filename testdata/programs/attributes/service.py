import config


class Service:
    def setup(self, settings: config.Settings):
        self.settings = settings
        self.probe = config.Probe()
        self.maybe = None

    def late(self):
        self.maybe = config.Probe()
        self.extra = unknown_factory()

    @property
    def loaded(self):
        return self.settings.loaded
