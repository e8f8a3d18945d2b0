"""Python SDK 2 connected by OAuth: MCP URL and callback in; calls as often as it is told."""

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
        httpx2.AsyncClient(auth=auth) as http,
        Client(streamable_http_client(url, http_client=http), mode="auto") as client,
    ):
        while True:
            called = await client.call_tool("polis_account", {})
            version = client.protocol_version
            say(called=called.structured_content, version=version, **kept.told())
            hear()
            auth.context.token_expiry_time = 1  # by its own clock the access token is over


asyncio.run(main(*sys.argv[1:]))
