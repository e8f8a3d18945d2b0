"""Which clients are one app to a person: same name, same places their codes go to."""

import hashlib
from collections.abc import Iterable
from urllib.parse import urlsplit


def key_of(name: str, redirect_uris: Iterable[str]) -> str:
    """The key under which connections are shown and their spending is counted."""
    places = sorted({_place(uri) for uri in redirect_uris})
    return hashlib.sha256("\0".join((name, *places)).encode()).hexdigest()[:32]


def _place(uri: str) -> str:
    """The host, and for a private-use scheme the scheme."""
    parts = urlsplit(uri)
    return parts.hostname or parts.scheme
