"""The MCP server as cards, catalogs and registries describe it."""

from typing import Any

from app.docs import about
from app.docs.discovery.place import Place
from app.tools import TOOLS

Json = dict[str, Any]

CARD = "application/mcp-server-card+json"

_CARD_SCHEMA = "https://static.modelcontextprotocol.io/schemas/v1/server-card.schema.json"
_REGISTRY_SCHEMA = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"
_KEY: Json = {
    "name": "Authorization",
    "description": "Bearer and an API key; left out, the client signs in with OAuth.",
    "isRequired": False,
    "isSecret": True,
}


def card(place: Place) -> Json:
    """The server card (SEP-2127): identity and where to connect, no lists of tools."""
    remote: Json = {
        "type": "streamable-http",
        "url": f"{place.base}/mcp",
        "headers": [_KEY],
        "supportedProtocolVersions": about.REVISIONS,
    }
    return {"$schema": _CARD_SCHEMA, **_identity(place), "remotes": [remote]}


def registry(place: Place) -> Json:
    """`server.json` of the MCP registry."""
    remote: Json = {"type": "streamable-http", "url": f"{place.base}/mcp", "headers": [_KEY]}
    return {"$schema": _REGISTRY_SCHEMA, **_identity(place), "remotes": [remote]}


def catalog(place: Place) -> Json:
    """The AI catalog of this domain: one server."""
    entry = {
        "identifier": f"urn:air:{about.domain(place.base)}:mcp:{about.NAME}",
        "displayName": about.TITLE,
        "description": about.DESCRIPTION,
        "type": CARD,
        "url": f"{place.base}/mcp/server-card",
    }
    host = {"displayName": about.TITLE, "documentationUrl": f"{place.base}/docs"}
    return {"specVersion": "1.0", "host": host, "entries": [entry]}


def agent_card(place: Place) -> Json:
    """The A2A card of an agent that is spoken to by MCP: its one interface says so."""
    base = place.base
    return {
        "name": about.TITLE,
        "description": about.DESCRIPTION,
        "version": about.release(),
        "provider": {"organization": about.TITLE, "url": base},
        "documentationUrl": f"{base}/docs",
        "iconUrl": f"{base}/icon.png",
        "supportedInterfaces": [
            {
                "url": f"{base}/mcp",
                "protocolBinding": "MCP",
                "protocolVersion": about.REVISIONS[-1],
            }
        ],
        "capabilities": {"streaming": False, "pushNotifications": False},
        "securitySchemes": _security_schemes(base),
        "securityRequirements": [
            {"schemes": {"oauth": {"list": ["mcp"]}}},
            {"schemes": {"key": {"list": []}}},
        ],
        "defaultInputModes": ["text/plain", "text/markdown", "application/json"],
        "defaultOutputModes": ["application/json"],
        "skills": [
            {
                "id": tool.name,
                "name": tool.title,
                "description": tool.description,
                "tags": ["audience", "panel", "publishing"],
            }
            for tool in TOOLS.values()
        ],
    }


def _identity(place: Place) -> Json:
    """What `server/discover` says of itself too."""
    return {
        "name": about.reverse_name(place.base),
        "title": about.TITLE,
        "description": about.DESCRIPTION,
        "version": about.release(),
        "websiteUrl": place.base,
        "icons": about.icons(place.base),
    }


def _security_schemes(base: str) -> Json:
    return {
        "oauth": {
            "openIdConnectSecurityScheme": {
                "openIdConnectUrl": f"{base}/.well-known/openid-configuration"
            }
        },
        "key": {"httpAuthSecurityScheme": {"scheme": "bearer", "bearerFormat": "sk_live_…"}},
    }
