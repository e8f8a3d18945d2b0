"""Python SDK, the old line, connected by OAuth: MCP URL and callback in; calls as often as it is told."""

import asyncio
import sys

from mcp import ClientSession
from mcp.client.auth import OAuthClientProvider
from mcp.client.streamable_http import streamablehttp_client
from mcp.shared.auth import OAuthClientMetadata
from talk import Kept, hear, say, visit


async def brought():
    told = hear()
    return told["code"], told["state"]


async def main(url, callback):
    kept = Kept()
    asked = OAuthClientMetadata(client_name="polis-tests", redirect_uris=[callback])
    auth = OAuthClientProvider(url, asked, kept, visit, brought)
    async with (
        streamablehttp_client(url, auth=auth) as (reading, writing, _),
        ClientSession(reading, writing) as session,
    ):
        version = (await session.initialize()).protocolVersion
        while True:
            called = await session.call_tool("polis_account", {})
            say(called=called.structuredContent, version=version, **kept.told())
            hear()
            auth.context.token_expiry_time = 1  # by its own clock the access token is over


asyncio.run(main(*sys.argv[1:]))
