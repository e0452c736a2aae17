"""Runs the program that the wheel installed: `python -m aiolens`."""

import os
import subprocess
import sys
import sysconfig


def program():
    """The path of the program: where scripts are installed, where `pip install --user` and `pip install --target` put them."""
    name = "aiolens" + (sysconfig.get_config_var("EXE") or "")
    user = sysconfig.get_preferred_scheme("user") if hasattr(sysconfig, "get_preferred_scheme") else f"{os.name}_user"
    target = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for folder in (
        sysconfig.get_path("scripts"),
        sysconfig.get_path("scripts", user),
        os.path.join(target, "bin"),
    ):
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return path
    raise FileNotFoundError(f"{name} is not where pip installs programs")


def main():
    command = [program(), *sys.argv[1:]]
    if os.name == "nt":
        try:
            sys.exit(subprocess.call(command))
        except KeyboardInterrupt:
            sys.exit(130)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
