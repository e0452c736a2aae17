import io

from files import (
    Upload,
    either,
    flagged,
    forward,
    load,
    looped,
    outer,
    rebound,
    save,
    save_all,
    secret,
    shout,
)


async def main(arguments, path):
    Upload(io.BytesIO(b""))
    Upload("name.txt")  # want "`Upload.__init__` calls `open\\(\\)`"
    Upload(path)  # want "`Upload.__init__` calls `open\\(\\)`"
    Upload(io.BytesIO(b""), script="x")  # want "2 calls down, where `Upload.compile` calls `time.sleep\\(\\)`"
    Upload(io.BytesIO(b""), "name", script="x")
    load()
    load(None)
    load(path)  # want "`load` calls"
    load(*arguments)  # want "`load` calls"
    load(**arguments)  # want "`load` calls"
    save("x")
    save("x", False)
    save("x", sync=False, mode="slow")  # want "`save` calls"
    save("x", True)  # want "`save` calls"
    save("x", path)  # want "`save` calls"
    save_all([])
    save_all([], sync=True)  # want "2 calls down, where `save` calls"
    save_all([], sync=path)  # want "2 calls down, where `save` calls"
    either(1, "x")
    either(None, "x")  # want "`either` calls"
    rebound()  # want "`rebound` calls"
    secret("KEY")
    forward("KEY")
    secret("file/x")  # want "`secret` calls `open"
    forward("file/x")  # want "2 calls down, where `secret` calls `open"
    secret("env/file/x")  # want "`secret` calls `time.sleep"
    secret("a@b")  # want "`secret` calls `time.sleep"
    secret(path)  # want "`secret` calls `time.sleep"
    flagged(path)
    outer(path)
    outer(path, "p")  # want "2 calls down, where `flagged` calls `open"
    shout(str(path))
    shout(path)  # want "`shout` calls"
    looped("a")  # want "`looped` calls `time.sleep"
