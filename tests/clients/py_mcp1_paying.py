"""Python SDK, the old line, whose person pays: prints the page, waits for a line, calls again."""

import asyncio
import json
import sys

from mcp import ClientSession, McpError, UrlElicitationRequiredError, types
from mcp.client.streamable_http import streamablehttp_client


async def asked(*_: object) -> types.ElicitResult:
    """Never called over HTTP: having it is how this SDK declares that it can ask."""
    return types.ElicitResult(action="accept")


async def main(url: str, token: str, tool: str, arguments: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        streamablehttp_client(url, headers=headers) as (reading, writing, _),
        ClientSession(reading, writing, elicitation_callback=asked) as session,
    ):
        hello = await session.initialize()
        await session.list_tools()
        try:
            await session.call_tool(tool, json.loads(arguments))
        except McpError as error:
            (page,) = UrlElicitationRequiredError.from_error(error.error).elicitations
            print(json.dumps({"url": page.url, "message": page.message}), flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        called = await session.call_tool(tool, json.loads(arguments))
    line = {"version": hello.protocolVersion, "structured": called.structuredContent}
    print(json.dumps(line))


asyncio.run(main(*sys.argv[1:]))
