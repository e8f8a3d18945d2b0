"""Getting to know each other: initialize and ping in one era, discover in the other."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from app.web.door import json_text
from app.web.mcp import revisions
from app.web.mcp.answers import Answer, Result
from app.web.mcp.rpc import Call
from app.web.mcp.server import TASKS_EXTENSION, Context, Implementation, Json, Server

_FAMILIES = ("tools", "resources", "prompts", "completions")
_LIST_CHANGED = {
    "tools": "toolsListChanged",
    "resources": "resourcesListChanged",
    "prompts": "promptsListChanged",
}


def initialize(server: Server, context: Context, _call: Call) -> Answer:
    """Greet a client of the handshake era in the revision that was settled on."""
    if server.greeted is not None:
        server.greeted(context)
    greeting: Json = {
        "protocolVersion": context.revision,
        "capabilities": {**_families(server), **server.legacy_capabilities},
        "serverInfo": implementation(server.implementation, context.revision),
    }
    if server.instructions:
        greeting["instructions"] = server.instructions
    return _object(greeting)


def ping(_context: Context, _call: Call) -> Answer:
    """Answer, which is all a ping asks for."""
    return Result()


def discover(server: Server, _context: Context, _call: Call) -> Answer:
    """Say what the stateless era finds here."""
    card: Json = {
        "supportedVersions": list(revisions.MODERN),
        "capabilities": _modern_capabilities(server),
        "ttlMs": server.discover_ttl_ms,
        "cacheScope": "public",
    }
    if server.instructions:
        card["instructions"] = server.instructions
    return _object(card)


def of_server(method: Callable[[Context, Json], Json], context: Context, call: Call) -> Answer:
    """Call a handshake method that the server brings itself."""
    return _object(method(context, call.params))


def implementation(described: Implementation, revision: str) -> Json:
    """Return who we are, in the members the revision knows."""
    card = asdict(described)
    card["websiteUrl"] = card.pop("website_url")
    card["icons"] = list(card["icons"])
    return revisions.known_implementation(card, revision)


def _families(server: Server) -> dict[str, Json]:
    return {family: {} for family in _FAMILIES if getattr(server, family) is not None}


def _modern_capabilities(server: Server) -> Json:
    capabilities: dict[str, Any] = _families(server)
    kinds = server.listen.kinds if server.listen is not None else frozenset()
    for family, kind in _LIST_CHANGED.items():
        if family in capabilities and kind in kinds:
            capabilities[family]["listChanged"] = True
    if "resources" in capabilities and "resourceSubscriptions" in kinds:
        capabilities["resources"]["subscribe"] = True
    extensions = dict(server.extensions)
    if server.tasks is not None:
        extensions[TASKS_EXTENSION] = {}
    if extensions:
        capabilities["extensions"] = extensions
    return capabilities


def _object(members: Json) -> Result:
    return Result(json_text.dumps(members)[1:-1])
