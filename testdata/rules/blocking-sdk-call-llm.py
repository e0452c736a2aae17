import asyncio

import anthropic
import cohere
import groq
import litellm
import ollama
import openai
from google import genai
from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_ollama import OllamaEmbeddings
from langchain_openai import ChatOpenAI
from langgraph.graph import StateGraph
from starlette.responses import StreamingResponse

client = genai.Client()
llm = ChatOpenAI(model="m")
router = litellm.Router(model_list=[])
graph = StateGraph(dict).compile()


class Local(Embeddings):
    def embed_query(self, text):
        return [float(len(text))]


async def gemini(prompt):
    client.models.generate_content(model="m", contents=prompt)  # want "use `google.genai.Client.aio`"
    client.files.upload(file="x")  # want "blocks the event loop"
    client.chats.create(model="m").send_message(prompt)  # want "blocks the event loop"
    chat = client.aio.chats.create(model="m")
    await chat.send_message(prompt)
    async for chunk in await client.aio.models.generate_content_stream(model="m", contents=prompt):
        print(chunk.text)
    return await client.aio.models.generate_content(model="m", contents=prompt)


async def chains(prompt, model: BaseChatModel):
    llm.invoke(prompt)  # want "use `ainvoke`"
    model.batch([prompt])  # want "use `abatch`"
    OllamaEmbeddings(model="m").embed_query(prompt)  # want "use `aembed_query`"
    Local().embed_query(prompt)
    llm.bind_tools([]).invoke(prompt)
    await asyncio.to_thread(llm.invoke, prompt)
    graph.invoke({})  # want "use `ainvoke`"
    async for chunk in llm.astream(prompt):
        print(chunk)
    return await graph.ainvoke({})


async def streamed(prompt):
    return StreamingResponse(llm.stream(prompt))


async def others(prompt):
    litellm.completion("m", [])  # want "use `litellm.acompletion`"
    router.completion("m", [])  # want "use `litellm.Router.acompletion`"
    groq.Groq().chat.completions.create(messages=[], model="m")  # want "use `groq.AsyncGroq`"
    cohere.ClientV2().chat(model="m")  # want "use `cohere.AsyncClientV2`"
    ollama.chat("m")  # want "use `ollama.AsyncClient`"
    ollama.Client().generate("m")  # want "use `ollama.AsyncClient`"
    await ollama.AsyncClient().chat("m")
    await cohere.AsyncClient().embed(texts=[])
    return await router.acompletion("m", [])


async def entered(prompt):
    with anthropic.Anthropic().messages.stream(max_tokens=1) as stream:  # want "blocks the event loop when it is entered; use `anthropic.AsyncAnthropic`"
        print(stream.get_final_text())
    with openai.OpenAI().chat.completions.stream(messages=[]) as stream:  # want "when it is entered"
        print(stream)
    manager = anthropic.Anthropic().messages.stream(max_tokens=1)
    async with anthropic.AsyncAnthropic().messages.stream(max_tokens=1) as stream:
        print(await stream.get_final_text())
    return manager


def plain(prompt):
    with anthropic.Anthropic().messages.stream(max_tokens=1) as stream:
        return llm.invoke(stream.get_final_text())
