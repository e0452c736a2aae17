import pkg
import pkg.run
import pkg.sub.deep.leaf
from pkg import grow, helper, leaf_module, run
from pkg.run import run as run_itself


async def main():
    run()  # want `AIO207` "`run` calls `time.sleep\\(\\)`"
    run_itself()  # want `AIO207` "`run` calls"
    grow()  # want `AIO207` "2 calls down, where `run`"
    helper()  # want `AIO207` "`helper` calls"
    leaf_module.grow()  # want `AIO207` "2 calls down"
    leaf_module.shrink()  # want `AIO101` "never awaited"
    pkg.sub.deep.leaf.shrink()  # want `AIO101` "never awaited"
    pkg.run_function()  # want `AIO207` "`run` calls"
    pkg.above.anything()
