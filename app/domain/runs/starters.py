"""Looks up who started runs, and whom a list can be narrowed to."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Label,
    Select,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.runs.listed import Listed
from app.domain.runs.starter import Starter, Starters
from app.models.accounts import Membership, User
from app.models.clients import Client
from app.models.credentials import ApiKey
from app.models.grants import Grant

_Rows = Select[str, str, str, str]
_Label = Label[str]
_Text = ColumnElement[str] | InstrumentedAttribute[str]
_OFFERED = 50  # of each kind in a filter


def of(session: Session, organization_id: str, rows: Iterable[Listed]) -> Starters:
    """Whoever started some rows, all at once."""
    rows = list(rows)
    return named(session, organization_id, [(row.subject, row.user_id) for row in rows])


def named(
    session: Session, organization_id: str, spenders: Iterable[tuple[str | None, str | None]]
) -> Starters:
    """The names behind subjects and people."""
    spenders = list(spenders)
    wanted: dict[str, set[str]] = {"key": set(), "app": set(), "user": set()}
    wanted["user"].update(user_id for _, user_id in spenders if user_id)
    for subject in (subject for subject, _ in spenders if subject):
        kind, _, rest = subject.partition(":")
        wanted.setdefault(kind, set()).add(rest.rpartition(":")[2])
    statement: CompoundSelect[Any] = union_all(
        _keys(organization_id).where(ApiKey.id.in_(wanted["key"])),
        _apps(organization_id).where(Grant.app.in_(wanted["app"])),
        _PEOPLE.where(User.id.in_(wanted["user"])),
    )
    return Starters({(row[0], row[1]): Starter(*row) for row in session.execute(statement)})


def offered(session: Session, organization_id: str) -> list[Starter]:
    """Whom a list can be narrowed to: people first, then apps and keys, the newest of each."""
    own = Membership.organization_id == organization_id
    people = _PEOPLE.join(Membership, Membership.user_id == User.id).where(own)
    keys = _keys(organization_id).where(ApiKey.id == ApiKey.lineage_id).order_by(ApiKey.id.desc())
    apps = _apps(organization_id).order_by(func.max(Grant.id).desc())
    parts = (people.order_by(User.id), apps, keys)
    rows = session.execute(union_all(*(select(each.limit(_OFFERED).subquery()) for each in parts)))
    found = [Starter(*row) for row in rows]
    return sorted(found, key=lambda each: (_ORDER[each.kind], each.shown.casefold()))


def _keys(organization_id: str) -> _Rows:
    columns = _columns("key", ApiKey.id, ApiKey.name)
    return select(*columns).where(ApiKey.organization_id == organization_id)


def _apps(organization_id: str) -> _Rows:
    return (
        select(*_columns("app", Grant.app, func.max(Client.name)))
        .join(Client, Client.id == Grant.client_id)
        .where(Grant.organization_id == organization_id)
        .group_by(Grant.app)
    )


def _columns(
    kind: str, id_: _Text, name: _Text, email: _Text | None = None
) -> tuple[_Label, _Label, _Label, _Label]:
    email = literal("") if email is None else email
    return literal(kind).label("kind"), id_.label("id"), name.label("name"), email.label("email")


_PEOPLE: _Rows = select(*_columns("user", User.id, User.name, User.email))
_ORDER = {"user": 0, "app": 1, "key": 2}
