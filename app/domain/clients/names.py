"""What a client may call itself: short, legible, and not what somebody else is known as."""

import unicodedata
from collections.abc import Iterable

from app.domain.clients import redirects
from app.domain.clients.confusables import folded
from app.domain.clients.vendors import OURS, VENDORS, Vendor
from app.kit.plain import plain

LONGEST = 80

_TAKEN = {folded(name): vendor for vendor in VENDORS for name in (vendor.name, *vendor.names)}


def clean(text: str) -> str:
    """A name as it is kept: composed, on one line, without control and bidi characters."""
    return " ".join(unicodedata.normalize("NFC", plain(text)).split())


def problem(name: str) -> str | None:
    """What is wrong with a cleaned name, or None."""
    return None if 1 <= len(name) <= LONGEST else f"A name has 1 to {LONGEST} characters."


def in_mail(name: str, redirect_uri: str | None, *, verified: bool) -> str:
    """How a mail of ours calls a client: a name anybody can choose has no place in one."""
    if verified:
        return name
    return f"An app at {redirects.place(redirect_uri)}" if redirect_uri else "An app"


def vendor_of(name: str) -> Vendor | None:
    """The vendor whose name this is read as."""
    return _TAKEN.get(folded(name))


def imitates(name: str, redirect_uris: Iterable[str], own_host: str) -> str | None:
    """Whose name this is read as, where one of its codes would go to somebody else's host."""
    vendor = vendor_of(name)
    if vendor is None and folded(name) != folded(OURS):
        return None
    theirs = vendor.hosts if vendor else (own_host,)
    places = {redirects.place(uri) for uri in redirect_uris if redirects.kind(uri) == "https"}
    return (vendor.name if vendor else OURS) if places - set(theirs) else None
