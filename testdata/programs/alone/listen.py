import store
from sanic import Sanic

app = Sanic("x")


@app.listener("before_server_start")
async def before(app):
    store.load()


@app.before_server_start
async def before_too(app):
    store.load()


@app.get("/")
async def index(request):
    store.load()  # want `AIO207` "`load` calls"
