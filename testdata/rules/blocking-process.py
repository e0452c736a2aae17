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
    subprocess.Popen(args)  # want `ASYNC220` "`subprocess.Popen\\(\\)` blocks the event loop; use `asyncio.create_subprocess_exec`"
    os.popen("ls")  # want `ASYNC220` "os.popen"
    subprocess.run(args)  # want `ASYNC221` "subprocess.run"
    subprocess.call(args)  # want `ASYNC221` "subprocess.call"
    subprocess.check_call(args)  # want `ASYNC221` "check_call"
    subprocess.check_output(args)  # want `ASYNC221` "check_output"
    subprocess.getoutput("ls")  # want `ASYNC221` "getoutput"
    subprocess.getstatusoutput("ls")  # want `ASYNC221` "getstatusoutput"
    os.system("ls")  # want `ASYNC221` "os.system"
    os.posix_spawn("x", args, {})  # want "posix_spawn"
    os.posix_spawnp("x", args, {})  # want "posix_spawnp"
    os.spawnl(os.P_WAIT, "x")  # want `ASYNC221` "spawnl"
    os.spawnle(os.P_WAIT, "x", {})  # want "spawnle"
    os.spawnlp(os.P_WAIT, "x")  # want "spawnlp"
    os.spawnlpe(os.P_WAIT, "x", {})  # want "spawnlpe"
    os.spawnv(os.P_WAIT, "x", args)  # want "spawnv"
    os.spawnve(os.P_WAIT, "x", args, {})  # want "spawnve"
    os.spawnvp(os.P_WAIT, "x", args)  # want "spawnvp"
    os.spawnvpe(os.P_WAIT, "x", args, {})  # want "spawnvpe"
    os.wait()  # want `ASYNC222` "os.wait"
    os.wait3(0)  # want `ASYNC222` "os.wait3"
    os.wait4(1, 0)  # want `ASYNC222` "os.wait4"
    os.waitid(os.P_ALL, 0, 0)  # want `ASYNC222` "os.waitid"
    os.waitpid(0, 0)  # want `ASYNC222` "os.waitpid"


async def names(args):
    sp.run(args)  # want "`sp.run\\(\\)` \\(`subprocess.run`\\)"
    run(args, check=True)  # want "subprocess.run"
    output(args)  # want "subprocess.check_output"
    p = Popen(args, stdout=PIPE)  # want "subprocess.Popen"
    p.wait()  # want `ASYNC222` "subprocess.Popen.wait"
    p.wait(timeout=10)  # want `ASYNC222` "subprocess.Popen.wait"
    out, err = p.communicate(b"x")  # want `ASYNC222` "communicate"
    with Popen(args) as q:  # want `ASYNC220` "Popen"
        q.communicate()  # want `ASYNC222` "communicate"
    return Popen(args).wait(), out, err  # want `ASYNC222` "wait" `ASYNC220` "Popen"


async def fixes(args, kw):
    code = subprocess.run(["ls", *args], check=True, **kw).returncode  # want "subprocess.run"
    text = subprocess.check_output(  # want "check_output"
        ["git", "rev-parse", "HEAD"],  # the newest

        # as text
        text=True,
    ).strip()
    text = subprocess.check_output(  # want "check_output"
        # only a comment, then arguments
        ["git", "rev-parse", "HEAD"]
    ).strip()
    text = subprocess.check_output(["git",  # want "check_output"
                                    "rev-parse"])
    lines = [l for l in subprocess.run(args, stdout=PIPE).stdout.splitlines() if l]  # want "subprocess.run"
    return code, text, lines if os.system("x") else None  # want "os.system"


class Runner:
    proc: Optional[subprocess.Popen] = None
    other: "subprocess.Popen[bytes] | None"

    def start(self):
        self._p = subprocess.Popen(["x"])
        self.proc = subprocess.Popen(["x"])

    async def stop(self):
        self._p.wait()  # want `ASYNC222` "wait"
        if self.proc:
            self.proc.wait()  # want `ASYNC222` "wait"
        if self.other is not None:
            self.other.communicate()  # want `ASYNC222` "communicate"

    async def restart(self):
        await self.stop()
        self.start()


async def handed(p: subprocess.Popen, q: "subprocess.Popen[str]", ps: list[subprocess.Popen]):
    p.wait()  # want "wait"
    q.communicate()  # want "communicate"
    for x in ps:
        x.wait()  # want "wait"
    [x.wait() for x in ps]  # want "wait"


def on_signal():
    os.system("reload")  # want "os.system"


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
    os.spawnl(os.P_NOWAIT, "x")  # want `ASYNC220` "blocks the event loop"
    os.spawnvp(mode=os.P_DETACH, file="x", args=[])  # want `ASYNC220` "blocks the event loop"
    os.spawnl(os.P_WAIT, "x")  # want `ASYNC221` "blocks the event loop"
    os.spawnl(mode, "x")  # want `ASYNC221` "blocks the event loop"
