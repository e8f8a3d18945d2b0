"""Which addresses count as one: a household's IPv6, and the ranges many people share."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_HOUSEHOLD = 56  # bits a provider gives one customer (RFC 6177)


def of(address: str) -> str:
    """The network an address is counted under: itself, for IPv6 its /56."""
    plain = _plain(address)
    if isinstance(plain, IPv6Address):
        return str(ip_network((plain, _HOUSEHOLD), strict=False))
    return str(plain or "unknown")


def shared(address: str, ranges: Iterable[str]) -> str | None:
    """The range of many people an address is in, if it is in one."""
    plain = _plain(address)
    if plain is None:
        return None
    return next((each for each in ranges if plain in ip_network(each, strict=False)), None)


def _plain(text: str) -> IPv4Address | IPv6Address | None:
    """The address itself; an IPv4 one may come dressed as IPv6."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
