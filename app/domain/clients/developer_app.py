"""What a developer fills in for an app, checked and put into its row."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from app.domain.clients import fields, metadata, names, redirects, register
from app.domain.clients.metadata import LINKS, Metadata
from app.domain.clients.refusals import InvalidMetadata
from app.domain.grants import scopes
from app.errors import InvalidInput
from app.models.clients import Client

ACCESS_LIFE = (timedelta(hours=1), timedelta(days=30))
REFRESH_LIFE = (timedelta(days=1), timedelta(days=180))

_LIVES = {
    "access_life": (ACCESS_LIFE, "Access lives from 1 to 720 hours."),
    "refresh_life": (REFRESH_LIFE, "Refreshing works for 1 to 180 days."),
}


class App(NamedTuple):
    """What a developer fills in; a life left out is the installation's own."""

    name: str
    redirect_uris: tuple[str, ...]
    confidential: bool = False
    scopes: tuple[str, ...] = ()  # none: all
    client_uri: str | None = None
    logo_uri: str | None = None
    tos_uri: str | None = None
    policy_uri: str | None = None
    access_life: timedelta | None = None
    refresh_life: timedelta | None = None


def problems(app: App, own_host: str) -> dict[str, str]:
    """Everything that will not do, by field, in words for whoever fills it in."""
    return dict(_problems(app, own_host))


def read(app: App, own_host: str) -> Metadata:
    """Hold an app to the rules of every registration, and its lives to their bounds."""
    for field, (bounds, sentence) in _LIVES.items():
        if not _within(getattr(app, field), bounds):
            raise InvalidInput(sentence, field=field)
    if not app.name.strip():
        raise InvalidInput("Give the app a name.", field="name")
    asked: dict[str, Any] = {field: getattr(app, field) for field in LINKS}
    asked |= {
        "client_name": app.name,
        "redirect_uris": list(app.redirect_uris),
        "token_endpoint_auth_method": metadata.SECRETS[0] if app.confidential else metadata.NONE,
        "scope": " ".join(app.scopes),
    }
    return metadata.read(asked, own_host)


def fill(row: Client, app: App, said: Metadata) -> None:
    """Put an app into its row; one with a secret may send it either way."""
    register.fill(row, said)
    row.told = {}
    row.access_life_s = _seconds(app.access_life)
    row.refresh_life_s = _seconds(app.refresh_life)
    if app.confidential:
        row.auth_methods = " ".join(metadata.SECRETS)


def of(row: Client) -> App:
    """A row as its developer filled it in."""
    lives = (row.access_life_s, row.refresh_life_s)
    access, refresh = (None if each is None else timedelta(seconds=each) for each in lives)
    return App(
        name=row.name,
        redirect_uris=tuple(row.redirect_uris),
        confidential=row.auth_methods != metadata.NONE,
        scopes=tuple(row.scopes.split()),
        **{field: getattr(row, field) for field in LINKS},
        access_life=access,
        refresh_life=refresh,
    )


def _problems(app: App, own_host: str) -> Iterator[tuple[str, str]]:
    name = names.clean(app.name)
    whose = names.imitates(name, app.redirect_uris, own_host) if name else None
    if not name:
        yield "name", "Give the app a name."
    elif names.problem(name):
        yield "name", f"A name has at most {names.LONGEST} characters."
    elif whose is not None:
        yield "name", f"This reads like {whose}, whose redirect URIs these are not."
    wrong = _wrong_redirect(app)
    if wrong:
        yield "redirect_uris", wrong
    if not set(app.scopes) & set(scopes.ALL):
        yield "scopes", "Choose at least one."
    for field in LINKS:
        if not _is_link(getattr(app, field)):
            yield field, "This is no http or https address."
    for field, (bounds, sentence) in _LIVES.items():
        if not _within(getattr(app, field), bounds):
            yield field, sentence


def _wrong_redirect(app: App) -> str | None:
    if not 1 <= len(app.redirect_uris) <= redirects.MOST:
        return f"List 1 to {redirects.MOST} addresses, one a line."
    found = (redirects.problem(uri, not app.confidential) for uri in app.redirect_uris)
    for number, sentence in enumerate(found, 1):
        if sentence:
            return f"Line {number}: {sentence}" if len(app.redirect_uris) > 1 else sentence
    return None


def _is_link(value: str | None) -> bool:
    try:
        fields.link({"link": value}, "link")
    except InvalidMetadata:
        return False
    return True


def _within(life: timedelta | None, bounds: tuple[timedelta, timedelta]) -> bool:
    return life is None or bounds[0] <= life <= bounds[1]


def _seconds(life: timedelta | None) -> int | None:
    return None if life is None else int(life.total_seconds())
