from agents.run import Runner
#: module agents.run
class Runner:
    @classmethod
    async def run(cls, starting_agent, input, **kw): ...
    @classmethod
    def run_sync(cls, starting_agent, input, **kw): ...  #: runs; instead agents.Runner.run
