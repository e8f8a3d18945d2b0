"""Python SDK 2, whose person pays: prints the page, answers what the next line says, and goes on."""

import asyncio
import json
import sys

import httpx2
from mcp import Client, types
from mcp.client.streamable_http import streamable_http_client


async def asked(_context: object, request: types.ElicitRequestParams) -> types.ElicitResult:
    print(json.dumps({"url": request.url, "message": request.message}), flush=True)
    answer = await asyncio.to_thread(sys.stdin.readline)
    return types.ElicitResult(action=answer.strip())


async def main(url: str, token: str, tool: str, arguments: str) -> None:
    async with httpx2.AsyncClient(headers={"Authorization": f"Bearer {token}"}) as http:
        transport = streamable_http_client(url, http_client=http)
        async with Client(transport, mode="auto", elicitation_callback=asked) as client:
            called = await client.call_tool(tool, json.loads(arguments))
            line = {"version": client.protocol_version, "structured": called.structured_content}
    print(json.dumps(line))


asyncio.run(main(*sys.argv[1:]))
