import kinds
from kinds import Box, Color, Disk, Machine, Pair


async def main(machine: Machine, pair: Pair, box: Box[Disk]):
    machine.waiting()  # want `AIO207` "`wait` calls `time.sleep\\(\\)`"
    Machine.waiting()  # want `AIO207` "`wait` calls"
    machine.calm()
    machine.steps()  # want `AIO207` "2 calls down, where `wait`"
    machine.disk.sync()  # want `AIO207` "`Disk.sync` calls"
    machine.part().turn()  # want `AIO207` "`turn` calls"
    Machine.Part().turn()  # want `AIO207` "`turn` calls"
    machine.level = 3
    print(machine.level)
    machine.read(1)  # want `AIO207` "`Machine.read` calls `open\\(\\)`"
    kinds.load(1)  # want `AIO207` "`load` calls `time.sleep\\(\\)`"
    kinds.show(1)
    kinds.local_class().run()  # want `AIO207` "`time.sleep\\(\\)`"
    kinds.redefined()
    kinds.anything()
    pair.disk.sync()  # want `AIO207` "`Disk.sync` calls"
    pair.disk.trim()  # want `AIO101` "never awaited"
    box.get().sync()  # want `AIO207` "`Disk.sync` calls"
    Box(Disk()).get().sync()  # want `AIO207` "`Disk.sync` calls"
    Box(Disk()).item.trim()  # want `AIO101` "never awaited"
    Color.RED.paint()  # want `AIO207` "`Color.paint` calls"
