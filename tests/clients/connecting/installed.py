"""Programs as they are installed, Inspector and mcp-remote, and what they keep in their home."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.clients.connecting.conversation import Conversation
from tests.clients.drive import HERE, NODE
from tests.served import free_port

_MODULES = HERE / "node_modules"
_INSPECTOR = _MODULES / "@modelcontextprotocol/inspector/clients/launcher/build/index.js"
_REMOTE = _MODULES / "mcp-remote/dist/proxy.js"
_NO_BROWSER = {"BROWSER": "true"}  # the address is printed, and the test brings a browser


@dataclass(frozen=True)
class Kept:
    """What a program stored: its registration and its tokens."""

    client: dict[str, Any]
    tokens: dict[str, Any]


@dataclass(frozen=True)
class Inspector:
    """Inspector on the command line: one run, one call; its tokens go to a file."""

    era: str
    url: str
    home: Path

    def run(self, *options: str) -> Conversation:
        call = ("--method", "tools/call", "--tool-name", "polis_account", "--tool-args-json", "{}")
        how = ("--transport", "http", "--protocol-era", self.era, "--format", "json", "--quiet")
        callback = f"http://127.0.0.1:{free_port()}/oauth/callback"
        command = [str(NODE), str(_INSPECTOR), "--cli", self.url, *call, *how, *options]
        return Conversation(
            [*command, "--callback-url", callback],
            self.home,
            MCP_AUTO_OPEN_ENABLED="true",
            MCP_INSPECTOR_SECRET_STORE="file",
            **_NO_BROWSER,
        )

    def kept(self) -> Kept:
        folder = self.home / ".mcp-inspector"
        (tokens,) = json.loads((folder / "secrets.json").read_text())["secrets"].values()
        (server,) = json.loads((folder / "storage/oauth.json").read_text())["servers"].values()
        (issuer,) = server["byIssuer"].values()
        return Kept(issuer["clientInformation"], json.loads(tokens))


@dataclass(frozen=True)
class Remote:
    """mcp-remote: a host speaks to it over its standard streams, and it to the server over HTTP."""

    era: str
    url: str
    home: Path

    def run(self) -> Conversation:
        command = [str(NODE), str(_REMOTE), self.url, "--protocol", self.era]
        return Conversation(command, self.home, **_NO_BROWSER)

    def kept(self) -> Kept:
        (tokens,) = self.home.glob(".mcp-auth/*/*_tokens.json")
        (client,) = self.home.glob(".mcp-auth/*/*_client_info.json")
        return Kept(json.loads(client.read_text()), json.loads(tokens.read_text()))


def ask(remote: Conversation) -> dict[str, Any]:
    """What a desktop host sends first, then one call; its result."""
    named = {"clientInfo": {"name": "polis-tests", "version": "1.0.0"}, "capabilities": {}}
    hello = {"protocolVersion": "2025-11-25", **named}
    remote.answer(jsonrpc="2.0", id=1, method="initialize", params=hello)
    assert remote.told("result")["result"]["protocolVersion"] == "2025-11-25"
    remote.answer(jsonrpc="2.0", method="notifications/initialized")
    call = {"name": "polis_account", "arguments": {}}
    remote.answer(jsonrpc="2.0", id=2, method="tools/call", params=call)
    result: dict[str, Any] = remote.told("result")["result"]
    return result
