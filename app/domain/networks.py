"""Whose address it is, and which count as one: a household's IPv6, ranges many people share."""

from functools import cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

_HOUSEHOLD = 56  # bits a provider gives one customer (RFC 6177)
_HERE = "127.0.0.1"  # a peer without an address sits on a socket of this machine


def of(address: str) -> str:
    """The network an address is counted under: itself, for IPv6 its /56."""
    plain = _plain(address)
    if isinstance(plain, IPv6Address):
        return str(ip_network((plain, _HOUSEHOLD), strict=False))
    return str(plain or "unknown")


def shared(address: str, ranges: tuple[str, ...]) -> str | None:
    """The range of many people an address is in, if it is in one."""
    plain = _plain(address)
    if plain is None:
        return None
    return next((str(each) for each in _parsed(ranges) if plain in each), None)


def asking(peer: str, forwarded: str, trusted: tuple[str, ...]) -> str:
    """The address that asks: proxies we trust are believed from the right, nobody else ever."""
    hops, found = forwarded.split(","), _plain(peer)
    while hops and found is not None and any(found in each for each in _parsed(trusted)):
        before = _plain(hops.pop().strip())
        if before is None:
            break
        found = before
    return str(found or _HERE)


@cache
def _parsed(ranges: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(each, strict=False) for each in ranges)


def _plain(text: str) -> IPv4Address | IPv6Address | None:
    """The address itself; an IPv4 one may come dressed as IPv6."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
