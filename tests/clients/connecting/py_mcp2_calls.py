"""Python SDK 2 connected by OAuth: MCP URL and callback in; then each tool it is told to call."""

import asyncio
import sys

import httpx2
from mcp import Client
from mcp.client.auth import OAuthClientProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import AuthorizationCodeResult, OAuthClientMetadata
from talk import Kept, hear, say, visit


async def brought():
    return AuthorizationCodeResult(**hear())


async def main(url, callback):
    kept = Kept()
    asked = OAuthClientMetadata(client_name="polis-tests", redirect_uris=[callback])
    auth = OAuthClientProvider(url, asked, kept, visit, brought)
    async with (
        httpx2.AsyncClient(auth=auth, timeout=60) as http,
        Client(streamable_http_client(url, http_client=http), mode="auto") as client,
    ):
        say(connected=True, **kept.told())
        while True:
            wanted = await asyncio.to_thread(hear)
            called = await client.call_tool(wanted["tool"], wanted["arguments"])
            say(called=called.structured_content, failed=called.is_error)


asyncio.run(main(*sys.argv[1:]))
