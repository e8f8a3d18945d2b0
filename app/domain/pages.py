"""What is known about a page before anybody fetches it."""

import ipaddress
from urllib.parse import urlsplit

from app.domain.callers import Caller
from app.domain.runs.order import Order
from app.errors import Kind, PolisError


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
        raise VisualUnavailable(why, hint="Use url_mode copy, or send the text as markdown.")
    raise UrlUnreachable(
        "This installation cannot fetch pages.",
        hint="Send the page's text as content_type markdown instead.",
        reason="no page fetcher",
    )


def _check_address(url: str) -> None:
    parts = urlsplit(url.strip())
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if parts.scheme not in {"http", "https"} or not host:
        raise UrlBlocked("The address must begin with http:// or https:// and name a host.")
    if parts.username is not None or port not in {None, 80, 443} or _private(host):
        raise UrlBlocked(
            "Only public web addresses on the usual ports are fetched.",
            hint="Send the page's text as content_type markdown instead.",
        )


def _private(host: str) -> bool:
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ipaddress.ip_address(name).is_global
    except ValueError:
        return "." not in name or name.replace(".", "").isdigit()
