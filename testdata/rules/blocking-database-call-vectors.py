import chromadb
from qdrant_client import AsyncQdrantClient, QdrantClient

client = QdrantClient("x")
chroma = chromadb.PersistentClient("x")


async def search(vector):
    client.query_points("c", query=vector)  # want "use `qdrant_client.AsyncQdrantClient`"
    collection = chroma.get_or_create_collection("c")  # want "use `chromadb.AsyncHttpClient`"
    collection.add(ids=["x"])  # want "use `chromadb.AsyncHttpClient`"
    print(collection.name)
    remote = await chromadb.AsyncHttpClient()
    await (await remote.get_collection("c")).add(ids=["x"])
    return await AsyncQdrantClient("x").query_points("c", query=vector)
