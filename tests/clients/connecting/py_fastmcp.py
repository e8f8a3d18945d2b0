"""FastMCP connected by its own OAuth, listener included: MCP URL in; calls as often as it is told."""

import asyncio
import sys
import warnings
import webbrowser

from fastmcp import Client
from fastmcp.client.auth import OAuth
from talk import hear, say, told


class Handed:
    """What FastMCP takes for the browser of this computer."""

    def open(self, url, new=0, autoraise=True):
        say(visit=url)
        return True


async def main(url):
    webbrowser.register("handed", None, Handed(), preferred=True)
    warnings.simplefilter("ignore")  # that its tokens are in memory alone
    auth = OAuth(client_name="polis-tests")
    async with Client(url, auth=auth) as client:
        hear()  # what the browser brought, which its own listener knows already
        while True:
            called = await client.call_tool("polis_account", {})
            kept = told(auth.context.current_tokens, auth.context.client_info)
            say(called=called.structured_content, version=client.protocol_version, **kept)
            hear()
            auth.context.token_expiry_time = 1  # by its own clock the access token is over


asyncio.run(main(sys.argv[1]))
