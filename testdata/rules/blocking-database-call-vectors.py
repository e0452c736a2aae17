import chromadb
from pinecone import Pinecone
from qdrant_client import AsyncQdrantClient, QdrantClient

client = QdrantClient("x")
index = Pinecone(api_key="x").Index("docs")
chroma = chromadb.PersistentClient("x")


async def search(vector):
    client.query_points("c", query=vector)  # want "use `qdrant_client.AsyncQdrantClient`"
    collection = chroma.get_or_create_collection("c")  # want "use `chromadb.AsyncHttpClient`"
    collection.add(ids=["x"])  # want "use `chromadb.AsyncHttpClient`"
    print(collection.name)
    remote = await chromadb.AsyncHttpClient()
    await (await remote.get_collection("c")).add(ids=["x"])
    return await AsyncQdrantClient("x").query_points("c", query=vector)


async def upsert(vectors):
    index.upsert(vectors)  # want "use `pinecone.PineconeAsyncio`"
    return index.upsert(vectors, async_req=True)
