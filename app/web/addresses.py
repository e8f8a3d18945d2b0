"""Which Host and Origin headers are ours: compared whole, never used to build an address."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from app.settings import Settings

_DEFAULT_PORTS = {"http": 80, "https": 443}
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Addresses:
    """The hosts we answer under and the origins whose pages may call."""

    hosts: frozenset[str]
    origins: frozenset[str]
    development: bool = False
    base: str = ""
    stand_ins: frozenset[str] = frozenset()


def addresses(
    base_url: str, allowed_origins: Iterable[str] = (), *, development: bool = False, port: int = 0
) -> Addresses:
    """Spell out every accepted form once; a loopback name stands in for us in development only."""
    base = urlsplit(base_url)
    stand_ins = _loopback_hosts(port) if development else set()
    hosts = _spellings(base) | stand_ins
    origins: set[str] = set()
    for url in (base_url, *allowed_origins):
        parts = urlsplit(url)
        origins |= {f"{parts.scheme}://{host}" for host in _spellings(parts)}
    return Addresses(
        frozenset(hosts), frozenset(origins), development, base_url, frozenset(stand_ins)
    )


def of(settings: Settings) -> Addresses:
    """The addresses of this installation; the port is the one we listen on, behind a tunnel too."""
    return addresses(
        settings.base_url,
        settings.allowed_origins,
        development=settings.development,
        port=int(settings.bind.rpartition(":")[2] or 0),
    )


def host_allowed(ours: Addresses, host: str | None) -> bool:
    """Say whether a request is addressed to us."""
    return host is not None and host.lower() in ours.hosts


def base_for(ours: Addresses, host: str | None) -> str:
    """The base address; in development the loopback name that was asked stands for it."""
    name = (host or "").lower()
    return f"http://{name}" if name in ours.stand_ins else ours.base


def origin_allowed(ours: Addresses, origin: str) -> bool:
    """Say whether a page of that origin may call us from a browser."""
    origin = origin.lower()
    return origin in ours.origins or (ours.development and _is_loopback(origin))


def _spellings(url: SplitResult) -> set[str]:
    """Return host and port as clients may write them: a default port is said or left out."""
    name = _bracketed((url.hostname or "").lower())
    port, default = url.port, _DEFAULT_PORTS.get(url.scheme)
    if not name:
        return set()
    if port not in (None, default):
        return {f"{name}:{port}"}
    return {name, f"{name}:{default}"} if default else {name}


def _loopback_hosts(port: int) -> set[str]:
    """Behind a tunnel the world speaks TLS, and this machine still does not."""
    urls = (f"http://{name}:{port or 80}" for name in _LOOPBACK)
    return {host for url in urls for host in _spellings(urlsplit(url))}


def _is_loopback(origin: str) -> bool:
    """Accept any port, and nothing besides scheme, name and port."""
    scheme, _, rest = origin.partition("://")
    if scheme not in _DEFAULT_PORTS:
        return False
    for name in _LOOPBACK:
        if rest == name:
            return True
        if rest.startswith(f"{name}:"):
            return _is_port(rest[len(name) + 1 :])
    return False


def _is_port(digits: str) -> bool:
    return digits.isascii() and digits.isdecimal() and len(digits) <= 5 and 0 < int(digits) < 65536


def _bracketed(name: str) -> str:
    return f"[{name}]" if ":" in name else name
