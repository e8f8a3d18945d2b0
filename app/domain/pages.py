"""What is known about a page before anybody fetches it."""

import ipaddress
import re
from urllib.parse import urlsplit

from app.domain.callers import Caller
from app.domain.runs.order import Order
from app.errors import Kind, PolisError

FETCHES_PAGES = False
"""Whether a page can be tested by its address; a test asks the code."""

KINDS = (
    "text, tweet, LinkedIn post, markdown article or page"
    if FETCHES_PAGES
    else "text, tweet, LinkedIn post or markdown article"
)
"""What can be put before a panel, for every sentence that says so."""

_SEND = "Send the page's text as content_type markdown instead."
_WITHOUT_LAYOUT = "Use url_mode copy, or send the text as markdown." if FETCHES_PAGES else _SEND


class UrlBlocked(PolisError):
    """An address we never fetch."""

    kind = Kind.INVALID
    code = "url_blocked"


class UrlUnreachable(PolisError):
    """A page nobody can fetch from here."""

    kind = Kind.INVALID
    code = "url_unreachable"


class VisualUnavailable(PolisError):
    """Layout cannot be looked at here."""

    kind = Kind.UNAVAILABLE
    code = "visual_unavailable"


def check(order: Order, caller: Caller) -> None:
    """Refuse a page order that cannot succeed, before anything is held."""
    if order.url is None:
        return
    _check_address(order.url)
    if order.url_mode == "visual":
        why = (
            "The test book has no visual mode."
            if caller.book == "test"
            else "This installation has no browser to look at pages with."
        )
        raise VisualUnavailable(why, hint=_WITHOUT_LAYOUT)
    raise UrlUnreachable(
        "This installation cannot fetch pages.",
        hint=_SEND,
        reason="no page fetcher",
    )


def _check_address(url: str) -> None:
    if not _fetchable(url.strip()):
        raise UrlBlocked(
            "Only public http and https addresses on the usual ports are fetched.",
            hint=_SEND,
        )


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
        return bool(_NAME.fullmatch(name)) and not _NUMBER.fullmatch(last) and last not in _LOCAL


def _public_address(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast
    wrapped = address.sixtofour or address.teredo  # carry an IPv4 address that may be anybody's
    return address.is_global and address in _UNICAST and not wrapped


_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_LOCAL = {"localhost", "local", "internal"}
_UNICAST = ipaddress.IPv6Network("2000::/3")
