"""The words a client may ask for, and how a set of them shrinks but never grows."""

from app.domain.callers import FULL, READ
from app.domain.clients.known import KnownClient
from app.domain.grants.answers import Denied
from app.errors import InvalidInput

ALL = (FULL, READ, "openid", "profile", "email", "offline_access")
OF_A_CLIENT = (FULL, READ)  # what a client may hold on its own behalf


class UnknownScope(InvalidInput):
    """A word that is no scope of ours."""


def known(text: str) -> tuple[str, ...]:
    """The scopes of a request, each once and in our order; an unknown word is refused by name."""
    asked = text.split()
    strange = [word for word in asked if word not in ALL]
    if strange:
        raise UnknownScope(f"{strange[0][:60]!r} is not a scope of Polis.", scope=strange[0][:60])
    return tuple(scope for scope in ALL if scope in asked)


def asked_by(client: KnownClient, text: str | None) -> tuple[str, ...] | Denied:
    """What a client asks a person for; nothing asked for means everything the tools do."""
    try:
        asked = known(text or "")
    except UnknownScope as error:
        return Denied("invalid_scope", error.message)
    beyond = [scope for scope in asked if not _may_ask(client, scope)]
    if beyond:
        return Denied("invalid_scope", f"This app may not ask for {' '.join(beyond)}.")
    return asked or ((FULL,) if FULL in client.scopes else client.scopes)


def narrowed(held: str, asked: str | None) -> str | Denied:
    """What is asked of what is held; nothing asked is all of it, more is refused by name.

    Whoever may do everything may also only read.
    """
    if asked is None or not asked.strip():
        return held
    covered = [*held.split(), *([READ] if FULL in held.split() else [])]
    wider = [word for word in asked.split() if word not in covered]
    if wider:
        return Denied("invalid_scope", f"{_plain(wider[0])} was not granted.")
    return " ".join(scope for scope in dict.fromkeys(covered) if scope in asked.split())


def _may_ask(client: KnownClient, scope: str) -> bool:
    """Clients add offline_access by themselves; it gives no more than their refresh grant does."""
    by_itself = scope == "offline_access" and "refresh_token" in client.grant_types
    return by_itself or scope in client.scopes


def _plain(word: str) -> str:
    """A word of a stranger, short and without anything a description must not hold."""
    return "".join(c for c in word if c.isalnum() or c in ":._-")[:60] or "This scope"
