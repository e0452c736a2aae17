from one import *
from three import *
from two import second as renamed


async def main():
    first()  # want `AIO207` "`first` calls `time.sleep\\(\\)`"
    second()  # want `AIO207` "2 calls down, where `time_out` calls `open\\(\\)`"
    renamed()  # want `AIO207` "2 calls down"
    shared()
    open("x")
