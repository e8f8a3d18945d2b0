"""Which addresses may be connected to: public ones, and nothing that only looks public."""

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address

# `is_global` says yes to some of these (RFC 6890 tables are read differently by each version).
_NEVER = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",
            "100.64.0.0/10",  # carriers' own (RFC 6598)
            "192.0.0.0/24",  # protocol assignments
            "192.88.99.0/24",  # 6to4 relays, long gone
            "198.18.0.0/15",  # benchmarks
            "240.0.0.0/4",
            "::/96",  # IPv4-compatible, long gone
            "64:ff9b:1::/48",  # NAT64 of one site (RFC 8215)
            "100::/64",  # discard
            "2001:db8::/32",
            "3fff::/20",
            "5f00::/16",  # segment routing
            "fec0::/10",  # site-local, long gone
        ),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_WRAPPING = (  # judged by what they wrap: the standard library calls some of them reserved
    IPv6Network("::ffff:0:0/96"),
    IPv6Network("2001::/32"),  # Teredo
    IPv6Network("2002::/16"),  # 6to4
    _NAT64,
)
_ISATAP = {0x00005EFE, 0x02005EFE}


class Networks:
    """The rule of one installation: public, and not on its operator's deny-list."""

    def __init__(self, denied: Iterable[str] = ()) -> None:
        self._never = _NEVER + tuple(ip_network(each, strict=False) for each in denied)

    def allow(self, text: str) -> bool:
        """Whether an address, and every one wrapped up in it, may be connected to."""
        return all(map(self._public, _unwrapped(ip_address(text))))

    def _public(self, address: Address) -> bool:
        listed = any(address in network for network in self._never)
        return not listed and _is_public(address)


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address) and address.scope_id:
        return False
    if any(address in network for network in _WRAPPING):
        return True
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def _unwrapped(address: Address) -> Iterator[Address]:
    yield address
    if isinstance(address, IPv6Address):
        for inner in _inner(address):
            yield from _unwrapped(inner)


def _inner(address: IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses a gateway would take out of an IPv6 one."""
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    value = int(address)
    if address in _NAT64 or value >> 32 & 0xFFFFFFFF in _ISATAP:
        found.append(IPv4Address(value & 0xFFFFFFFF))
    return [each for each in found if each is not None]
