from commands import HANDLERS, Commands, Steps, slow


async def main(commands: Commands, steps: Steps, command, name):
    commands.run(command, name)  # want `AIO207` "2 calls down"
    commands.run_some(command, name)
    commands.bound(command, name)  # want `AIO207` "2 calls down"
    commands.looked_up(command, name)
    HANDLERS[command](name)
    HANDLERS.get(command)(name)
    slow(name)  # want `AIO207` "`slow` calls"
    steps.first.run()
    steps.done()  # want `AIO207` "2 calls down, where `slow`"
    steps.error()
    steps.all()  # want `AIO207` "2 calls down, where `slow`"
    steps.on_done(name)  # want `AIO207` "`slow` calls"
