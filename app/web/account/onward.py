"""What somebody signs in for: the app that sent them here, as far as it can be told."""

import json
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from app.domain.clients import find, redirects, shipped
from app.domain.clients.document_text import is_address
from app.domain.clients.known import KnownClient
from app.domain.clients.refusals import ClientBlocked
from app.kit import clock
from app.web.services import services

_DOORS = {"/oauth/authorize", "/authorize"}
_LONGEST = 500


class Coming(NamedTuple):
    """The app one continues to: its name counts only where somebody vouches for it."""

    name: str
    verified: bool
    place: str


def described(path: str) -> Coming | None:
    """The app a path of ours leads to; None where it leads to a page of ours."""
    parts = urlsplit(path)
    if parts.path not in _DOORS:
        return None
    asked = parse_qs(parts.query)
    client_id, redirect_uri = (_one(asked, name) for name in ("client_id", "redirect_uri"))
    client = _known(client_id) if client_id else None
    if client is None:
        return _shipped(client_id, redirect_uri) or _unknown(client_id)
    return Coming(client.name, client.verified, _place(client, redirect_uri))


def hinted(path: str) -> str:
    """The address an app expects to sign in (`login_hint`), to be filled in and no more."""
    door, _, query = path.partition("?")
    return _one(parse_qs(query), "login_hint") if door in _DOORS else ""


def _known(client_id: str) -> KnownClient | None:
    """A blocked one is told so by the page this leads to."""
    try:
        with services().database.reading() as session:
            return find.by_client_id(session, client_id)
    except ClientBlocked:
        return None


def _shipped(client_id: str, redirect_uri: str) -> Coming | None:
    """A vendor's own document, by the copy that came with us: nobody has to fetch it first."""
    copy = shipped.copy_of(client_id, clock.now())
    if copy is None:
        return None
    document = json.loads(copy)
    listed = document["redirect_uris"]
    place = redirects.place(redirect_uri) if redirect_uri in listed else ""
    vouched = all(redirects.kind(uri) == "https" for uri in listed)
    return Coming(document["client_name"], vouched, place or urlsplit(client_id).hostname or "")


def _unknown(client_id: str) -> Coming | None:
    """A document's address that nobody has fetched yet: its host is all that is known."""
    host = urlsplit(client_id).hostname if is_address(client_id) else None
    return Coming("", verified=False, place=host) if host else None


def _place(client: KnownClient, redirect_uri: str) -> str:
    return redirects.place(redirect_uri) if redirects.allowed(client, redirect_uri) else ""


def _one(asked: dict[str, list[str]], name: str) -> str:
    """A parameter that came once, in characters an address has."""
    values = asked.get(name, [])
    value = values[0] if len(values) == 1 else ""
    return value if value.isascii() and value.isprintable() and len(value) <= _LONGEST else ""
