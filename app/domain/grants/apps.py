"""Which clients are one app to a person: same name, same places their codes go to."""

import hashlib
from collections.abc import Iterable

from app.domain.clients import redirects


def key_of(name: str, redirect_uris: Iterable[str]) -> str:
    """The key under which connections are shown and their spending is counted."""
    places = sorted({_place(uri) for uri in redirect_uris})
    return hashlib.sha256("\0".join((name, *places)).encode()).hexdigest()[:32]


def _place(uri: str) -> str:
    """Its kind belongs to it: a scheme may be spelled like somebody's host."""
    return f"{redirects.kind(uri)} {redirects.place(uri)}"
