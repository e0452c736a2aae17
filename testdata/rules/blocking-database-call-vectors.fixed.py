import asyncio
import chromadb
from pinecone import Pinecone
from qdrant_client import AsyncQdrantClient, QdrantClient

client = QdrantClient("x")
index = Pinecone(api_key="x").Index("docs")
chroma = chromadb.PersistentClient("x")


async def search(vector):
    await asyncio.to_thread(client.query_points, "c", query=vector)
    collection = await asyncio.to_thread(chroma.get_or_create_collection, "c")
    await asyncio.to_thread(collection.add, ids=["x"])
    print(collection.name)
    remote = await chromadb.AsyncHttpClient()
    await (await remote.get_collection("c")).add(ids=["x"])
    return await AsyncQdrantClient("x").query_points("c", query=vector)


async def upsert(vectors):
    await asyncio.to_thread(index.upsert, vectors)
    return index.upsert(vectors, async_req=True)
