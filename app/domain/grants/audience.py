"""One resource with two names: which of them a token is good at (RFC 8707)."""

from urllib.parse import urlsplit

from app.domain.grants.answers import Denied

NAMES = ("/api/mcp", "/mcp")

_PORTS = {"http": 80, "https": 443}
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def origins(base_url: str, *, development: bool = False, port: int = 0) -> frozenset[str]:
    """The origins that are us: the base address, and in development this machine's names."""
    loopback = [f"http://{name}:{port or 80}" for name in _LOOPBACK] if development else []
    return frozenset(_origin(url) for url in (base_url, *loopback))


def path_of(resource: str, ours: frozenset[str]) -> str | None:
    """The name a resource indicator stands for; None where it is not one of ours."""
    origin = _origin(resource)
    path = resource[resource.find("/", len("https://")) :].rstrip("/")
    return path if origin in ours and path in NAMES else None


def narrowed(granted: str | None, asked: str | None) -> str | Denied | None:
    """What a token is good at: as granted, or one of two names; never another one."""
    if asked is None or asked == granted:
        return granted
    if granted is None:
        return asked
    return Denied("invalid_target", f"This grant is for {granted} and not for {asked}.")


def _origin(url: str) -> str:
    """Scheme, host in lower case, and the port where it is not the scheme's own."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if "@" in parts.netloc or parts.hostname is None:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    told = "" if port in (None, _PORTS.get(parts.scheme)) else f":{port}"
    return f"{parts.scheme}://{host}{told}"
