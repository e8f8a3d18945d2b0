"""FastMCP, which hides a broken discover by falling back: URL, token, tool, arguments in; one JSON line out."""

import asyncio
import json
import sys

from fastmcp import Client
from fastmcp.client.auth import BearerAuth


async def main(url: str, token: str, tool: str, arguments: str) -> None:
    async with Client(url, auth=BearerAuth(token)) as client:
        tools = await client.list_tools()
        called = await client.call_tool(tool, json.loads(arguments), raise_on_error=False)
        line = {
            "version": client.protocol_version,
            "tools": [one.name for one in tools],
            "structured": called.structured_content,
            "is_error": called.is_error,
        }
    print(json.dumps(line))


asyncio.run(main(*sys.argv[1:]))
