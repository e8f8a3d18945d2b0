"""Addresses as they are written: what is never fetched is known before a name is looked up."""

import ipaddress
import re
from urllib.parse import urlsplit

from app.domain.pages.refusals import SEND, UrlBlocked


def check(url: str) -> None:
    """Refuse an address nobody could fetch for us, whatever its name stands for."""
    if _fetchable(url.strip()):
        return
    if _MAIL.match(url.strip()):
        raise UrlBlocked(
            "This is an e-mail address, not a page.", hint="Send the text itself as markdown."
        )
    raise UrlBlocked(
        "Only public http and https addresses on the usual ports are fetched.", hint=SEND
    )


def host_of(url: str) -> str:
    """The name in an address that was checked."""
    return (urlsplit(url).hostname or "").rstrip(".")


def _fetchable(url: str) -> bool:
    try:
        parts = urlsplit(url)
        usual = parts.scheme in {"http", "https"} and parts.port in {None, 80, 443}
        return usual and parts.username is None and _public_host(parts.hostname or "")
    except ValueError:  # brackets, ports and letters that no address can hold
        return False


def _public_host(host: str) -> bool:
    """Names as resolvers read them: look-alike letters folded, numbers only as whole addresses."""
    name = host.encode("idna").decode().rstrip(".").lower()
    try:
        return _public_address(ipaddress.ip_address(name))
    except ValueError:
        last = name.rpartition(".")[2]
        named = len(name) <= _LONGEST_NAME and _NAME.fullmatch(name) is not None
        return named and not _NUMBER.fullmatch(last) and last not in _LOCAL


def _public_address(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast
    wrapped = address.sixtofour or address.teredo  # carry an IPv4 address that may be anybody's
    return address.is_global and address in _UNICAST and not wrapped


_MAIL = re.compile(r"mailto:|[^\s/:@]+@[^\s/:@]+$", re.IGNORECASE)
_LONGEST_NAME = 253  # RFC 1035 §2.3.4
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_LOCAL = {"localhost", "local", "internal"}
_UNICAST = ipaddress.IPv6Network("2000::/3")
