import asyncio

from prometheus_client import CollectorRegistry, push_to_gateway, start_http_server


async def main(registry: CollectorRegistry):
    start_http_server(8000)
    push_to_gateway("localhost:9091", "job", registry)  # want "push_to_gateway"
    await asyncio.to_thread(push_to_gateway, "localhost:9091", "job", registry)
