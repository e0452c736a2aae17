from nowhere import *
from one import *


async def main():
    first()  # want `AIO207` "`first` calls"
    missing()
