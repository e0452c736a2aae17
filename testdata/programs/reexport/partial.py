from limited import *


async def main():
    shown()  # want `AIO207` "`shown` calls"
    not_exported()
    await Later().run()
