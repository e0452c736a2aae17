import subprocess


class Engine:
    def run(self):
        subprocess.check_output(["true"])

    def state(self):
        return "idle"

    async def wait(self):
        return None


class Fake:
    def run(self):
        return None

    def state(self):
        return "fake"
