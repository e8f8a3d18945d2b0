"""Python SDK 2, which tries the stateless era first: URL, token, tool, arguments in; one JSON line out."""

import asyncio
import json
import sys

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client


async def main(url: str, token: str, tool: str, arguments: str) -> None:
    async with httpx2.AsyncClient(headers={"Authorization": f"Bearer {token}"}) as http:
        transport = streamable_http_client(url, http_client=http)
        async with Client(transport, mode="auto") as client:
            tools = (await client.list_tools()).tools
            called = await client.call_tool(tool, json.loads(arguments))
            line = {
                "version": client.protocol_version,
                "tools": [one.name for one in tools],
                "structured": called.structured_content,
                "is_error": called.is_error,
            }
    print(json.dumps(line))


asyncio.run(main(*sys.argv[1:]))
