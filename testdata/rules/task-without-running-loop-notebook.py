# %% A notebook has a running loop at the top.
import asyncio


async def work():
    await asyncio.sleep(1)


# %%
task = asyncio.create_task(work())
loop = asyncio.get_running_loop()
