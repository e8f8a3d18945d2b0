"""What a developer fills in for an app, checked and put into its row."""

from datetime import timedelta
from typing import Any, NamedTuple

from app.domain.clients import metadata, register
from app.domain.clients.metadata import LINKS, Metadata
from app.errors import InvalidInput
from app.models.clients import Client

ACCESS_LIFE = (timedelta(hours=1), timedelta(days=30))
REFRESH_LIFE = (timedelta(days=1), timedelta(days=180))


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


def read(app: App, own_host: str) -> Metadata:
    """Hold an app to the rules of every registration, and its lives to their bounds."""
    _check_life("access_life", app.access_life, ACCESS_LIFE)
    _check_life("refresh_life", app.refresh_life, REFRESH_LIFE)
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


def _check_life(field: str, life: timedelta | None, bounds: tuple[timedelta, timedelta]) -> None:
    if life is not None and not bounds[0] <= life <= bounds[1]:
        raise InvalidInput(f"{field} must be between {bounds[0]} and {bounds[1]}.", field=field)


def _seconds(life: timedelta | None) -> int | None:
    return None if life is None else int(life.total_seconds())
