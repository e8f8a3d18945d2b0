"""Where the descriptions of our interfaces are (RFC 9727), in the form of RFC 9264."""

from typing import Any

from app.docs.discovery.place import Place
from app.docs.discovery.servers import CARD

Json = dict[str, Any]

OPENAPI = "application/vnd.oai.openapi+json;version=3.1"
_INTERFACES = (_REST, _MCP, _OAUTH) = ("/api/v1", "/mcp", "/api/oauth")
_PROFILE = "https://www.rfc-editor.org/info/rfc9727"
LINKSET = f'application/linkset+json; profile="{_PROFILE}"'


def api_catalog(place: Place) -> Json:
    """Each interface with its description, its documentation and its state of health."""
    base = place.base
    shared = {
        "status": [{"href": f"{base}/readyz", "type": "application/json"}],
        "terms-of-service": [{"href": f"{base}/terms"}],
    }
    rest = {
        "anchor": f"{base}{_REST}",
        "service-desc": [{"href": f"{base}/openapi.json", "type": OPENAPI}],
        "service-doc": [{"href": f"{base}/docs/rest-api", "type": "text/html"}],
        **shared,
    }
    mcp = {
        "anchor": f"{base}{_MCP}",
        "service-desc": [{"href": f"{base}/mcp/server-card", "type": CARD}],
        "service-doc": [{"href": f"{base}/docs/mcp-tools", "type": "text/html"}],
        **shared,
    }
    oauth = {
        "anchor": f"{base}{_OAUTH}",
        "service-desc": [
            {
                "href": f"{base}/.well-known/oauth-authorization-server",
                "type": "application/json",
            }
        ],
        "service-doc": [{"href": f"{base}/docs/build-an-app", "type": "text/html"}],
        **shared,
    }
    return {"linkset": [rest, mcp, oauth]}


def members(base: str) -> str:
    """The `Link` header of the catalog itself: a HEAD tells what is in it (RFC 9727 §2, §3)."""
    itself = f'<{base}/.well-known/api-catalog>; rel="api-catalog"'
    return ", ".join([itself, *(f'<{base}{path}>; rel="item"' for path in _INTERFACES)])


def links(base: str) -> str:
    """The `Link` header of the front page: how a program that arrives there goes on."""
    targets = (
        ("/.well-known/api-catalog", "api-catalog"),
        ("/openapi.json", "service-desc"),
        ("/docs", "service-doc"),
        ("/llms.txt", "describedby"),
        ("/.well-known/ai-catalog.json", "ai-catalog"),
    )
    return ", ".join(f'<{base}{path}>; rel="{relation}"' for path, relation in targets)
