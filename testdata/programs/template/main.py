from base import Job, Report
from jobs import Computed, Prepared, Quick, QuickReport, Slow


async def main(job: Job, report: Report, slow: Slow):
    job.run()
    report.run()  # want `AIO207` "3 calls down, where `Report.render` calls `open\\(\\)`"
    slow.run()  # want `AIO207` "2 calls down, where `Slow.work` calls `time.sleep\\(\\)`"
    Quick().run()
    QuickReport().run()
    Prepared().run()  # want `AIO207` "2 calls down, where `Prepared.before` calls `subprocess.run\\(\\)`"
    Computed().run()  # want `AIO207` "2 calls down, where `Computed.result` calls `open\\(\\)`"
    Slow.create().run()  # want `AIO207` "2 calls down, where `Slow.work`"
    Quick.create().run()


class Nested(Slow):
    async def start(self):
        self.run()  # want `AIO207` "2 calls down, where `Slow.work`"
        super().run()  # want `AIO207` "2 calls down, where `Slow.work`"


class Calm(Quick):
    async def start(self):
        self.run()
