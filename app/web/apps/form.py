"""The form of a developer app: what was typed, and the app it makes."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from werkzeug.datastructures import MultiDict

from app.domain.clients import developer_app
from app.domain.clients.developer_app import App
from app.domain.grants import scopes

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_NUMBER = re.compile(r"[0-9]{1,6}")
_LONGEST = 10_000  # of one field; what is longer would be refused anyway


class Typed(NamedTuple):
    """Every field as it stands in the page."""

    organization: str = ""
    name: str = ""
    kind: str = "confidential"
    redirect_uris: str = ""  # one a line
    scopes: tuple[str, ...] = scopes.ALL
    client_uri: str = ""
    logo_uri: str = ""
    tos_uri: str = ""
    policy_uri: str = ""
    access_life: str = ""  # hours; empty: the installation's own
    refresh_life: str = ""  # days

    def carried(self) -> Mapping[str, str | Sequence[str]]:
        """The same as parameters of the page's address."""
        return {name: value for name, value in self._asdict().items() if value}


def sent(fields: MultiDict[str, str]) -> Typed:
    """What came with a form, or with the address of its page."""
    plain = {
        name: fields.get(name, "")[:_LONGEST]
        for name in Typed._fields
        if name not in {"scopes", "kind"}
    }
    kind = "public" if fields.get("kind") == "public" else "confidential"
    chosen = fields.getlist("scopes")
    return Typed(kind=kind, scopes=tuple(s for s in scopes.ALL if s in chosen), **plain)


def of(app: App, organization_id: str) -> Typed:
    """An app as its fields say it."""
    return Typed(
        organization=organization_id,
        name=app.name,
        kind="confidential" if app.confidential else "public",
        redirect_uris="\n".join(app.redirect_uris),
        scopes=app.scopes,
        client_uri=app.client_uri or "",
        logo_uri=app.logo_uri or "",
        tos_uri=app.tos_uri or "",
        policy_uri=app.policy_uri or "",
        access_life=_written(app.access_life, _HOUR),
        refresh_life=_written(app.refresh_life, _DAY),
    )


def read(typed: Typed, own_host: str) -> tuple[App, dict[str, str]]:
    """The app, and what is wrong with each of its fields."""
    lives = {
        "access_life": (typed.access_life, _HOUR),
        "refresh_life": (typed.refresh_life, _DAY),
    }
    unread = {name for name, (text, _) in lives.items() if text.strip() and not _number(text)}
    app = App(
        name=typed.name,
        redirect_uris=tuple(dict.fromkeys(typed.redirect_uris.split())),
        confidential=typed.kind == "confidential",
        scopes=typed.scopes,
        client_uri=typed.client_uri.strip() or None,
        logo_uri=typed.logo_uri.strip() or None,
        tos_uri=typed.tos_uri.strip() or None,
        policy_uri=typed.policy_uri.strip() or None,
        **{name: _life(text, unit) for name, (text, unit) in lives.items() if name not in unread},
    )
    wrong = developer_app.problems(app, own_host)
    wrong |= dict.fromkeys(unread, "Write a whole number, or nothing.")
    return app, {name: wrong[name] for name in Typed._fields if name in wrong}


def _number(text: str) -> bool:
    return _NUMBER.fullmatch(text.strip()) is not None


def _life(text: str, unit: timedelta) -> timedelta | None:
    return int(text) * unit if text.strip() else None


def _written(life: timedelta | None, unit: timedelta) -> str:
    return "" if life is None else str(life // unit)
