"""Processes that are started or waited for synchronously."""

import asyncio
import os
import shlex
import signal
import subprocess as sp
import subprocess
from asyncio import subprocess as asp
from functools import partial
from subprocess import PIPE, Popen, run
from subprocess import check_output as output
from typing import Optional


# What must be found.


async def docs_of_flake8_async(args):
    await asyncio.to_thread(subprocess.Popen, args)
    await asyncio.to_thread(os.popen, "ls")
    await asyncio.to_thread(subprocess.run, args)
    await asyncio.to_thread(subprocess.call, args)
    await asyncio.to_thread(subprocess.check_call, args)
    await asyncio.to_thread(subprocess.check_output, args)
    await asyncio.to_thread(subprocess.getoutput, "ls")
    await asyncio.to_thread(subprocess.getstatusoutput, "ls")
    await asyncio.to_thread(os.system, "ls")
    await asyncio.to_thread(os.posix_spawn, "x", args, {})
    await asyncio.to_thread(os.posix_spawnp, "x", args, {})
    await asyncio.to_thread(os.spawnl, os.P_WAIT, "x")
    await asyncio.to_thread(os.spawnle, os.P_WAIT, "x", {})
    await asyncio.to_thread(os.spawnlp, os.P_WAIT, "x")
    await asyncio.to_thread(os.spawnlpe, os.P_WAIT, "x", {})
    await asyncio.to_thread(os.spawnv, os.P_WAIT, "x", args)
    await asyncio.to_thread(os.spawnve, os.P_WAIT, "x", args, {})
    await asyncio.to_thread(os.spawnvp, os.P_WAIT, "x", args)
    await asyncio.to_thread(os.spawnvpe, os.P_WAIT, "x", args, {})
    await asyncio.to_thread(os.wait)
    await asyncio.to_thread(os.wait3, 0)
    await asyncio.to_thread(os.wait4, 1, 0)
    await asyncio.to_thread(os.waitid, os.P_ALL, 0, 0)
    await asyncio.to_thread(os.waitpid, 0, 0)


async def names(args):
    await asyncio.to_thread(sp.run, args)
    await asyncio.to_thread(run, args, check=True)
    await asyncio.to_thread(output, args)
    p = await asyncio.to_thread(Popen, args, stdout=PIPE)
    await asyncio.to_thread(p.wait)
    await asyncio.to_thread(p.wait, timeout=10)
    out, err = await asyncio.to_thread(p.communicate, b"x")
    with await asyncio.to_thread(Popen, args) as q:
        await asyncio.to_thread(q.communicate)
    return (await asyncio.to_thread(Popen, args)).wait(), out, err


async def fixes(args, kw):
    code = (await asyncio.to_thread(subprocess.run, ["ls", *args], check=True, **kw)).returncode
    text = (await asyncio.to_thread(
        subprocess.check_output,
        ["git", "rev-parse", "HEAD"],  # the newest

        # as text
        text=True,
    )).strip()
    text = (await asyncio.to_thread(
        # only a comment, then arguments
        subprocess.check_output,
        ["git", "rev-parse", "HEAD"]
    )).strip()
    text = await asyncio.to_thread(subprocess.check_output, ["git",
                                    "rev-parse"])
    lines = [l for l in (await asyncio.to_thread(subprocess.run, args, stdout=PIPE)).stdout.splitlines() if l]
    return code, text, lines if await asyncio.to_thread(os.system, "x") else None


class Runner:
    proc: Optional[subprocess.Popen] = None
    other: "subprocess.Popen[bytes] | None"

    def start(self):
        self._p = subprocess.Popen(["x"])
        self.proc = subprocess.Popen(["x"])

    async def stop(self):
        await asyncio.to_thread(self._p.wait)
        if self.proc:
            await asyncio.to_thread(self.proc.wait)
        if self.other is not None:
            await asyncio.to_thread(self.other.communicate)

    async def restart(self):
        await self.stop()
        self.start()


async def handed(p: subprocess.Popen, q: "subprocess.Popen[str]", ps: list[subprocess.Popen]):
    await asyncio.to_thread(p.wait)
    await asyncio.to_thread(q.communicate)
    for x in ps:
        await asyncio.to_thread(x.wait)
    [await asyncio.to_thread(x.wait) for x in ps]


def on_signal():
    os.system("reload")


async def main():
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, on_signal)


# What must stay silent.


def sync(args):
    subprocess.run(args)


async def asynchronous(args):
    p = await asyncio.create_subprocess_exec(*args)
    await p.wait()
    await p.communicate()
    q = await asyncio.create_subprocess_shell("ls")
    await q.wait()
    r = await asp.create_subprocess_exec("ls")
    await r.communicate()


async def quiet(p: subprocess.Popen, args, run):
    run(args)
    p.poll()
    p.kill()
    p.terminate()
    p.send_signal(9)
    p.wait(timeout=0)
    p.wait(0)
    p.wait(timeout=0.0)
    os.waitpid(-1, os.WNOHANG)
    os.kill(1, 9)
    os.getpid()
    shlex.split("a b")
    subprocess.list2cmdline(args)
    raise subprocess.CalledProcessError(1, args)


async def off_the_loop(p: subprocess.Popen, args, loop: asyncio.AbstractEventLoop):
    await asyncio.to_thread(subprocess.run, args, check=True)
    await loop.run_in_executor(None, p.wait)
    await loop.run_in_executor(None, partial(subprocess.check_output, args))
    await asyncio.to_thread(lambda: subprocess.run(args))


class Mine:
    def run(self, args): ...

    def wait(self): ...

    async def work(self):
        self.run([])
        self.wait()


async def started(mode):
    await asyncio.to_thread(os.spawnl, os.P_NOWAIT, "x")
    await asyncio.to_thread(os.spawnvp, mode=os.P_DETACH, file="x", args=[])
    await asyncio.to_thread(os.spawnl, os.P_WAIT, "x")
    await asyncio.to_thread(os.spawnl, mode, "x")
