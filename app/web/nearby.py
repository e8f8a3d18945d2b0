"""Whether a request came straight from this machine, addressed to this machine."""

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit


def straight(peer: str, host: str, headers: Iterable[str]) -> bool:
    """No proxy speaks in its headers, and both ends are here; names are in lower case."""
    name = urlsplit(f"//{host}").hostname or ""
    return (
        not any(map(_of_a_proxy, headers))
        and _loopback(peer)
        and (name == "localhost" or _loopback(name))
    )


def _of_a_proxy(name: str) -> bool:
    return name.startswith("x-forwarded-") or name in _PROXIES_SAY


def _loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


_PROXIES_SAY = {
    "forwarded", "via", "x-real-ip", "x-client-ip", "x-original-host", "true-client-ip",
    "cf-connecting-ip",
}  # fmt: skip
