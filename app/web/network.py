"""Where a request comes from: the peer, or what a proxy of ours says of it."""

from functools import cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from flask import request

from app.domain.networks import of
from app.web.services import services

__all__ = ["address", "of"]

_HERE = "127.0.0.1"  # a peer without an address sits on a socket of this machine


def address() -> str:
    """The address that asks. Proxies we trust are believed from the right, nobody else ever."""
    trusted = _networks(services().settings.trusted_proxies)
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    asking = request.remote_addr or ""
    while hops and _within(asking, trusted):
        before = _plain(hops.pop().strip())
        if before is None:
            break
        asking = before
    return _plain(asking) or _HERE


def _within(asking: str, trusted: tuple[IPv4Network | IPv6Network, ...]) -> bool:
    plain = _plain(asking)
    return plain is not None and any(ip_address(plain) in each for each in trusted)


def _plain(text: str) -> str | None:
    """One spelling of an address; IPv4 in IPv6 clothes is IPv4."""
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(found)


@cache
def _networks(named: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(each, strict=False) for each in named)
