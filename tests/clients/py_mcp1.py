"""Python SDK, the old line: URL, token, tool, arguments in; one JSON line out."""

import asyncio
import json
import sys

from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client


async def main(url: str, token: str, tool: str, arguments: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        streamablehttp_client(url, headers=headers) as (reading, writing, _),
        ClientSession(reading, writing) as session,
    ):
        hello = await session.initialize()
        tools = (await session.list_tools()).tools
        called = await session.call_tool(tool, json.loads(arguments))
    line = {
        "version": hello.protocolVersion,
        "tools": [one.name for one in tools],
        "structured": called.structuredContent,
        "is_error": called.isError,
    }
    print(json.dumps(line))


asyncio.run(main(*sys.argv[1:]))
