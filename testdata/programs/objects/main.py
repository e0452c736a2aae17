import job
from job import Job, Quick

local = Job("a")
stored = Job("a", "path")
either = Job("a")
either = Job("b", "path")
hidden = Job("a", **{"path": "x"})
quick = Quick("a")


class Owner:
    def __init__(self, other: Job):
        self.job = Job("a")
        self.stored = Job("b", "path")
        self.other = other

    async def run(self):
        self.job.save()
        self.job.again()
        self.stored.save()  # want `AIO207` "2 calls down, where `Job._write`"
        self.other.save()  # want `AIO207` "2 calls down, where `Job._write`"


async def main(path):
    local.save()
    local.again()
    local.use()  # want `AIO207` "`Job.use` calls"
    stored.save()  # want `AIO207` "2 calls down, where `Job._write`"
    stored.again()  # want `AIO207` "2 calls down, where `Job._again`"
    either.save()  # want `AIO207` "2 calls down"
    hidden.save()  # want `AIO207` "2 calls down"
    quick.save()
    quick.save_all()
    job.plain.save()  # want `AIO207` "2 calls down"
    job.stored.save()  # want `AIO207` "2 calls down"
    Job("a").save()
    Job("a", None).save()
    Job("a", path).save()  # want `AIO207` "2 calls down, where `Job._load`" "2 calls down, where `Job._write`"
    Job("a", slow=True)  # want `AIO207` "2 calls down, where `Job._check`"
    Job("a", slow=path)  # want `AIO207` "2 calls down, where `Job._check`"
    made = Job("a")
    made.save()
    made.assigned()  # want `AIO207` "`Job.assigned` calls"


async def folders(path, options):
    job.Folder()
    job.Folder().list()
    job.Folder().rename()
    job.Folder(path)  # want `AIO207` "2 calls down, where `Folder._load`"
    job.Folder("x").list()  # want `AIO207` "2 calls down, where `Folder._load`" "`Folder.list` calls"
    job.Folder(filter="x")  # want `AIO207` "2 calls down, where `Folder._filter`"
    job.Folder(**options)  # want `AIO207` "2 calls down"
    job.rebinds()  # want `AIO207` "`rebinds` calls"
    job.renames()
    job.renames(path)  # want `AIO207` "`renames` calls"
    job.options()
    job.options(path=path)  # want `AIO207` "`options` calls"
    job.options(text=path)  # want `AIO207` "`options` calls"
    job.options(more=path)
