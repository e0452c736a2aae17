class Groq:
    chat: groq.resources.chat.chat.Chat
    embeddings: groq.resources.embeddings.Embeddings
    def __enter__(self) -> Self: ...
    def close(self) -> None: ...
    def with_options(self, **kw) -> Self: ...
class AsyncGroq:
    chat: groq.resources.chat.chat.AsyncChat
    embeddings: groq.resources.embeddings.AsyncEmbeddings
    async def __aenter__(self) -> Self: ...
    async def close(self) -> None: ...
    def with_options(self, **kw) -> Self: ...
Client = Groq
AsyncClient = AsyncGroq
#: module groq.resources.chat.chat
class Chat:
    completions: groq.resources.chat.completions.Completions
class AsyncChat:
    completions: groq.resources.chat.completions.AsyncCompletions
#: module groq.resources.chat.completions
class Completions:
    def create(self, *, messages, model, **kw): ...  #: blocks AIO204; instead groq.AsyncGroq
class AsyncCompletions:
    async def create(self, *, messages, model, **kw): ...
#: module groq.resources.embeddings
class Embeddings:
    def create(self, *, input, model, **kw): ...  #: blocks AIO204; instead groq.AsyncGroq
class AsyncEmbeddings:
    async def create(self, *, input, model, **kw): ...
