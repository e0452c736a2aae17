import hops_0
import hops_3


async def main():
    hops_0.hop_0()  # want `AIO207` "`hops_0.hop_0\\(\\)` blocks the event loop 50 calls down, where `hop_49` calls `time.sleep\\(\\)`"
    hops_3.hop_39()  # want `AIO207` "11 calls down"
