from channels import Diamond, Left, Loud, Packed, Plain, Polite, Right, Silent


async def main():
    Plain("a").send(b"")  # want `AIO207` "2 calls down, where `Channel._write` calls `time.sleep\\(\\)`"
    Loud("a").send(b"")  # want `AIO207` "2 calls down, where `Logging.log` calls `subprocess.run\\(\\)`"
    Polite("a").send(b"")  # want `AIO207` "3 calls down, where `Channel._write`"
    Polite("a").close()  # want `AIO101` "never awaited"
    Plain("a").describe()
    Packed("a").describe()
    Right("a").describe()  # want `AIO207` "`Right.describe` calls `open\\(\\)`"
    Left("a").describe()
    Diamond("a").describe()
    await Diamond("a").close()


async def own_method_wins():
    Silent("a")._write(b"")
    Right("a")._write(b"")
    Diamond("a")._write(b"")
    Left("a")._write(b"")  # want `AIO207` "`Channel._write` calls"
