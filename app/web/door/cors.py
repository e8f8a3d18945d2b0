"""What browser pages of allowed origins may send and see; credentials are never theirs to send."""

from app.web.door.http import Header, Request, Response

_SENT = "authorization, content-type, mcp-protocol-version, mcp-method, mcp-name, mcp-session-id"
_SEEN = (
    "WWW-Authenticate, Mcp-Session-Id, Retry-After, X-Request-Id, "
    "RateLimit, RateLimit-Policy, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, "
    "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset"
)
_PREFLIGHT: tuple[Header, ...] = (
    ("Access-Control-Allow-Methods", "POST, GET, DELETE"),
    ("Access-Control-Allow-Headers", _SENT),
    ("Access-Control-Max-Age", "600"),
)


def is_preflight(request: Request) -> bool:
    """Say whether a browser asks before it sends."""
    return request.method == "OPTIONS" and "access-control-request-method" in request.headers


def preflight(origin: str) -> Response:
    """Answer a browser of an allowed origin, which cannot show a credential yet."""
    return Response(204, [*headers(origin), *_PREFLIGHT])


def headers(origin: str) -> list[Header]:
    """Return what lets a page of an allowed origin read the answer."""
    return [
        ("Access-Control-Allow-Origin", origin),
        ("Access-Control-Expose-Headers", _SEEN),
        ("Vary", "Origin"),
    ]
