import time


class Commands:
    def start(self, name):
        time.sleep(1)

    def stop(self, name):
        with open(name) as f:
            return f.read()

    def status(self, name):
        return name

    ALL = {"start": start, "stop": stop}
    SOME = {"start": start, "status": status}

    def run(self, command, name):
        return self.ALL[command](self, name)

    def run_some(self, command, name):
        return self.SOME[command](self, name)

    def bound(self, command, name):
        table = {"start": self.start, "stop": self.stop}
        return table[command](name)

    def looked_up(self, command, name):
        return getattr(self, command)(name)


HANDLERS = {}


def register(name):
    def decorator(fn):
        HANDLERS[name] = fn
        return fn

    return decorator


@register("slow")
def slow(name):
    time.sleep(1)


class Step:
    def __init__(self, action):
        self.action = action

    def run(self):
        self.action()


class Steps:
    def __init__(self):
        self.first = Step(slow)
        self.hooks = [slow]
        self.on_done = slow
        self.on_error = None

    def done(self):
        self.on_done("a")

    def error(self):
        if self.on_error:
            self.on_error("a")

    def all(self):
        for hook in self.hooks:
            hook("a")
