#: module slack_bolt.async_app
class AsyncAck:
    async def __call__(self, *args, **kw): ...
class AsyncSay:
    async def __call__(self, *args, **kw): ...
class AsyncRespond:
    async def __call__(self, *args, **kw): ...
class AsyncApp:
    client: slack_sdk.web.async_client.AsyncWebClient
    def start(self, port=3000, path=..., host=None) -> None: ...
    async def async_dispatch(self, req): ...
    def event(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
    def message(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
    def command(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
    def shortcut(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
    def global_shortcut(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
    def message_shortcut(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
    def action(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
    def block_action(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
    def attachment_action(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
    def dialog_submission(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
    def dialog_cancellation(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
    def view(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
    def view_submission(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
    def view_closed(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
    def options(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
    def block_suggestion(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
    def dialog_suggestion(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
    def function(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
    def error(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
    def middleware(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
    def use(self, *args, **kw): ...  #: passes ack=slack_bolt.async_app.AsyncAck, say=slack_bolt.async_app.AsyncSay, respond=slack_bolt.async_app.AsyncRespond, client=slack_sdk.web.async_client.AsyncWebClient
#: module slack_bolt.context.ack.async_ack
from slack_bolt.async_app import AsyncAck
#: module slack_bolt.context.say.async_say
from slack_bolt.async_app import AsyncSay
#: module slack_bolt.context.respond.async_respond
from slack_bolt.async_app import AsyncRespond
#: module slack_bolt.app.async_app
from slack_bolt.async_app import AsyncApp
#: module slack_bolt.adapter.socket_mode.async_handler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
#: module slack_bolt.adapter.socket_mode.aiohttp
class AsyncSocketModeHandler:
    async def connect_async(self): ...
    async def disconnect_async(self): ...
    async def close_async(self): ...
    async def start_async(self): ...
