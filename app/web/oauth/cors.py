"""Which endpoints any web page may call: none of them takes a cookie."""

from flask import Blueprint, Response, request

_OPEN = {
    "/api/oauth/register": "POST",
    "/api/oauth/revoke": "POST",
    "/api/oauth/token": "POST",
    "/api/oauth/userinfo": "GET, POST",
    "/register": "POST",
    "/token": "POST",
}
_OPEN_BELOW = {
    "/.well-known/jwks.json": "GET",
    "/.well-known/oauth-authorization-server": "GET",
    "/.well-known/oauth-protected-resource": "GET",
    "/.well-known/openid-configuration": "GET",
    "/api/mcp/.well-known": "GET",
    "/mcp/.well-known": "GET",
    "/api/oauth/register/": "GET, PUT, DELETE",
}
READABLE = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "WWW-Authenticate, Retry-After"),
)
_HEADERS = "content-type, authorization, mcp-protocol-version"


def open_to_all(blueprint: Blueprint) -> None:
    """Answer preflights of the open endpoints and let every page read their answers."""
    blueprint.before_app_request(_preflight)
    blueprint.after_app_request(_readable)


def methods(path: str) -> str | None:
    """What a page may ask of this path, or None where it may ask nothing."""
    below = (allowed for start, allowed in _OPEN_BELOW.items() if path.startswith(start))
    return _OPEN.get(path) or next(below, None)


def _preflight() -> Response | None:
    """A preflight carries no credential and reaches no view."""
    allowed = methods(request.path)
    if allowed is None or request.method != "OPTIONS":
        return None
    answer = Response(status=204)
    answer.headers["Access-Control-Allow-Methods"] = allowed
    answer.headers["Access-Control-Allow-Headers"] = _HEADERS
    answer.headers["Access-Control-Max-Age"] = "600"
    return answer


def _readable(response: Response) -> Response:
    if methods(request.path) is not None:
        response.headers.update(READABLE)
    return response
