import store
import typer

app = typer.Typer()


@app.command()
async def show():
    store.load()

    async def inner():
        store.load()

    await inner()


@app.route("/")
async def serve():
    store.load()  # want `AIO207` "`load` calls"
