#!/usr/bin/env python3
"""Builds what is released; README.md beside this file says more."""

import argparse
import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parents[2]
VSCODE = TOP / "editors/vscode"

# The version of a release, and where it is published, are said in this file alone.
ABOUT = json.loads((VSCODE / "package.json").read_text(encoding="utf-8"))
VERSION = ABOUT["version"]


@dataclass(frozen=True)
class Target:
    os: str  # as Go says
    arch: str
    wheel: str  # the platforms of its wheel
    vscode: tuple  # the targets of VS Code that it is for

    @property
    def program(self):
        return "aiolens.exe" if self.os == "windows" else "aiolens"


# By the names that Node gives to systems.
TARGETS = {
    "linux-x64": Target("linux", "amd64", "manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_2_x86_64", ("linux-x64", "alpine-x64")),
    "linux-arm64": Target("linux", "arm64", "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_2_aarch64", ("linux-arm64", "alpine-arm64")),
    "darwin-x64": Target("darwin", "amd64", "macosx_12_0_x86_64", ("darwin-x64",)),
    "darwin-arm64": Target("darwin", "arm64", "macosx_12_0_arm64", ("darwin-arm64",)),
    "win32-x64": Target("windows", "amd64", "win_amd64", ("win32-x64",)),
    "win32-arm64": Target("windows", "arm64", "win_arm64", ("win32-arm64",)),
}


def run(*command, cwd, env=None):
    words = [shutil.which(command[0]) or command[0], *command[1:]]  # Windows finds npm.cmd only so
    subprocess.run([str(word) for word in words], check=True, cwd=cwd, env={**os.environ, **(env or {})}, stdout=sys.stderr)


@contextlib.contextmanager
def making(file):
    """Gives a folder to put together in what becomes the file, and says how large it is."""
    begun = time.monotonic()
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as stage:
        yield pathlib.Path(stage)
    print(f"{os.path.relpath(file)}: {file.stat().st_size:,} bytes, {time.monotonic() - begun:.1f} s", flush=True)


def put(program, folder, target):
    """Copies the program into a folder of a package."""
    folder.mkdir()
    copy = shutil.copy(program, folder / target.program)
    os.chmod(copy, 0o755)


def build(name, out):
    """Builds the program of a target."""
    target = TARGETS[name]
    program = out / "bin" / name / target.program
    with making(program):
        run("sh", HERE / "zig-go", "build", "-ldflags", f"-s -w -X main.release={VERSION}", "-o", program, "./cmd/aiolens", cwd=TOP,
            env={"GOOS": target.os, "GOARCH": target.arch, "PYTHON": sys.executable})
    return program


def wheel(name, program, out):
    target = TARGETS[name]
    file = out / "wheel" / f"aiolens-{VERSION}-py3-none-{target.wheel}.whl"
    with making(file) as stage:
        shutil.copytree(HERE / "wheel", stage, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(HERE / "about.md", stage / "README.md")
        shutil.copy(TOP / "LICENSE", stage)
        put(program, stage / "bin", target)
        run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", file.parent, cwd=stage,
            env={"AIOLENS_ABOUT": json.dumps(ABOUT), "AIOLENS_PLATFORM": target.wheel})


def tarball(package, file, fill):
    """Makes a package of npm of what fill puts into a folder."""
    shared = {key: ABOUT[key] for key in ("version", "description", "keywords", "license", "bugs", "homepage")}
    repository = {**ABOUT["repository"], "directory": "cmd/aiolens/dist/npm"}
    with making(file) as stage:
        (stage / "package.json").write_text(json.dumps({**package, **shared, "repository": repository}, indent=2) + "\n", encoding="utf-8")
        shutil.copy(HERE / "about.md", stage / "README.md")
        shutil.copy(TOP / "LICENSE", stage)
        fill(stage)
        run("npm", "pack", "--silent", "--pack-destination", file.parent, cwd=stage)


def npm(name, program, out):
    system, cpu = name.split("-")
    package = {"name": f"@aiolens/{name}", "os": [system], "cpu": [cpu], "files": ["bin"]}
    tarball(package, out / "npm" / f"aiolens-{name}-{VERSION}.tgz", lambda stage: put(program, stage / "bin", TARGETS[name]))


def npm_launcher(out):
    """The package that people install; of those it may depend on, npm takes that of the system."""
    package = {
        "name": "aiolens", "bin": {"aiolens": "aiolens.js"}, "files": ["aiolens.js"], "engines": {"node": ">=18"},
        "optionalDependencies": {f"@aiolens/{name}": VERSION for name in TARGETS},
    }
    tarball(package, out / "npm" / f"aiolens-{VERSION}.tgz", lambda stage: shutil.copy(HERE / "npm/aiolens.js", stage))


def vsix(name, program, out):
    for editor in TARGETS[name].vscode:
        file = out / "vsix" / f"aiolens-{editor}-{VERSION}.vsix"
        with making(file) as stage:
            for entry in ("package.json", "README.md", "CHANGELOG.md", "LICENSE", ".vscodeignore"):
                shutil.copy(VSCODE / entry, stage)
            for entry in ("images", "dist"):
                shutil.copytree(VSCODE / entry, stage / entry)
            put(program, stage / "bundled", TARGETS[name])
            run("node", VSCODE / "node_modules/@vscode/vsce/vsce", "package", "--no-dependencies", "--target", editor, "--out", file, cwd=stage)


def vsix_script(_):
    """Bundles the scripts of the extension, which are the same for all systems."""
    if not (VSCODE / "node_modules").exists():
        run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", cwd=VSCODE)
    run("npm", "run", "--silent", "build", cwd=VSCODE)


# What each kind of package makes once, and what it makes for a target.
KINDS = {"wheel": (None, wheel), "npm": (npm_launcher, npm), "vsix": (vsix_script, vsix)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"packages to make: {', '.join(KINDS)}; none: only the programs")
    parser.add_argument("--target", action="append", choices=TARGETS, metavar="TARGET", help=f"{', '.join(TARGETS)}; by default all")
    parser.add_argument("--program", type=pathlib.Path, help="pack this program, of the one target, instead of building it")
    parser.add_argument("--out", type=pathlib.Path, default=TOP / "dist", help="the folder to write into, by default dist/ at the top")
    args = parser.parse_args()
    if unknown := set(args.kinds) - set(KINDS):
        parser.error(f"there is no kind {', '.join(unknown)}")
    if args.program and len(args.target or ()) != 1:
        parser.error("--program is for one --target")
    out = args.out.resolve()
    kinds = [KINDS[kind] for kind in args.kinds]
    for once, _ in kinds:
        if once:
            once(out)
    for name in args.target or TARGETS:
        program = args.program or build(name, out)
        for _, each in kinds:
            each(name, program, out)


if __name__ == "__main__":
    main()
