import registry
from registry import Registry, engine, make


async def main(unknown):
    make().run()  # want `AIO207` "`Engine.run` calls `subprocess.check_output\\(\\)`"
    registry.make_typed().run()  # want `AIO207` "`Engine.run`"
    engine.run()  # want `AIO207` "`Engine.run`"
    registry.engine.wait()  # want `AIO101` "never awaited"
    registry.cached().run()  # want `AIO207` "`Engine.run`"
    registry.engines[0].run()  # want `AIO207` "`Engine.run`"
    registry.by_name["main"].run()  # want `AIO207` "`Engine.run`"
    for each in registry.engines:
        each.run()  # want `AIO207` "`Engine.run`"
    registry.either(unknown).run()
    registry.self_or_new(unknown).run()
    engine.state()
    registry.unknown.run()


async def attributes(r: Registry):
    r.main.run()  # want `AIO207` "`Engine.run`"
    r.get().run()  # want `AIO207` "`Engine.run`"
    r.items["a"].run()
    Registry.create().main.run()  # want `AIO207` "`Engine.run`"
    Registry().chain().chain().main.run()  # want `AIO207` "`Engine.run`"
    with Registry() as opened:
        opened.run()  # want `AIO207` "`Engine.run`"
    with r as again:
        again.state()
