"""Runs a flow with the official Python SDK, in the SDK's own environment: URL and key in."""

import asyncio
import json
import sys
from typing import Any

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from test_main_job import main_job


async def main(url: str, key: str) -> None:
    async with httpx2.AsyncClient(headers={"Authorization": f"Bearer {key}"}, timeout=60) as http:
        transport = streamable_http_client(url, http_client=http)
        async with Client(transport, mode="auto") as client:

            async def polis(tool: str, **arguments: Any) -> dict[str, Any]:
                result = await client.call_tool(tool, arguments)
                assert not result.is_error, result.structured_content
                return result.structured_content

            told = await main_job(polis)
            print(json.dumps({"revision": client.protocol_version, **told}))


asyncio.run(main(*sys.argv[1:]))
