"""Connected apps: what may act for an organization right now, one row for each app."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, case, func, select, tuple_
from sqlalchemy.orm import Session

from app.domain import rights, wallets
from app.domain.clients import redirects, verified
from app.domain.grants import consents, end, own
from app.domain.rights import Right
from app.domain.wallets import Wallet
from app.models.accounts import User
from app.models.clients import Client
from app.models.grants import Grant
from app.models.limits import SpendCounter

ON_A_PAGE = 50
_JUST_NOW = timedelta(minutes=15)
_BOOK = "live"  # what an app spends is its organization's own


class App(NamedTuple):
    """One app: clients approved under the same name for the same hosts."""

    key: str
    name: str
    verified: bool
    places: tuple[str, ...]  # where its codes went
    scopes: tuple[str, ...]
    people: tuple[str, ...]  # who approved
    connections: int
    first_used_at: datetime | None
    last_used_at: datetime | None
    spent: int  # tokens in this period: what the limits are held to
    spent_ever: int
    caps: tuple[int | None, ...]  # monthly, of each connection, the widest first
    made_at: datetime  # the first of them
    ends: datetime  # the last of them


class Place(NamedTuple):
    """Where an app stands in its list: by its name, in the database's own order."""

    name: str
    key: str


class Page(NamedTuple):
    """Some apps, and the place of the last of them where there are more."""

    apps: list[App]
    further: Place | None
    since: datetime  # when the period began that spending is counted in


def page(
    session: Session, user_id: str, organization_id: str, mode: str, now: datetime,
    after: Place | None = None,
) -> Page:  # fmt: skip
    """An organization's apps by name: a member sees their own, an admin everybody's."""
    which = _seen(session, user_id, organization_id, now)
    name = func.lower(func.min(Client.name))
    named = select(name, Grant.app).join(Client, Client.id == Grant.client_id).where(*which)
    if after is not None:
        named = named.having(tuple_(name, Grant.app) > tuple_(after.name, after.key))
    found = session.execute(
        named.group_by(Grant.app).order_by(name, Grant.app).limit(ON_A_PAGE + 1)
    ).all()
    places = [Place(*row) for row in found]
    shown, period = places[:ON_A_PAGE], _period(session, organization_id, mode, now)
    apps = _apps(session, organization_id, which, [each.key for each in shown], period)
    return Page(apps, shown[-1] if len(places) > ON_A_PAGE else None, period)


def some(
    session: Session, user_id: str, organization_id: str, mode: str, now: datetime, app: str
) -> list[App]:
    """One of them, while it is there."""
    which = _seen(session, user_id, organization_id, now)
    period = _period(session, organization_id, mode, now)
    return _apps(session, organization_id, which, [app], period)


def every(
    session: Session, user_id: str, organization_id: str, mode: str, now: datetime
) -> list[App]:
    """All of them, to be ended at once."""
    which = _seen(session, user_id, organization_id, now)
    keys = list(session.scalars(select(Grant.app).where(*which).distinct()))
    period = _period(session, organization_id, mode, now)
    return _apps(session, organization_id, which, keys, period)


def _apps(
    session: Session,
    organization_id: str,
    which: Sequence[ColumnElement[bool]],
    keys: Sequence[str],
    period: datetime,
) -> list[App]:
    """Apps with what their connections say, by name."""
    rows = session.execute(
        select(Grant, Client, User.email)
        .join(Client, Client.id == Grant.client_id)
        .outerjoin(User, User.id == Grant.user_id)
        .where(*which, Grant.app.in_(keys))
        .order_by(Grant.app, Grant.created_at)
    ).all()
    spent = _spent(session, organization_id, keys, period)
    grouped = groupby(rows, key=lambda row: row[0].app)
    apps = [_app(key, list(group), spent) for key, group in grouped]
    return sorted(apps, key=lambda app: (app.name.casefold(), app.key))


def disconnect(
    session: Session, user_id: str, organization_id: str, app: str, now: datetime
) -> int:
    """End every client of an app that the person may end, and ask again next time."""
    everybodys = _sees_all(session, user_id, organization_id)
    whose = None if everybodys else user_id
    clients = session.scalars(
        select(Grant.client_id)
        .where(Grant.organization_id == organization_id, Grant.app == app)
        .distinct()
    ).all()
    consents.forget(session, list(clients), organization_id, whose)
    if everybodys:
        own.stop(session, list(clients), organization_id, user_id, now)
    return end.of_app(session, organization_id, app, "disconnected", now, user_id=whose)


def any_left(session: Session, user_id: str, organization_id: str, app: str, now: datetime) -> bool:
    """Whether the person still sees a connection of an app."""
    seen = _seen(session, user_id, organization_id, now)
    return bool(session.scalar(select(func.count()).where(*seen, Grant.app == app)))


def just_made(session: Session, client_row_id: str, user_id: str, now: datetime) -> bool:
    """Whether the person connected this client a moment ago and it still is."""
    statement = select(func.count()).where(
        Grant.client_id == client_row_id,
        Grant.user_id == user_id,
        Grant.ended_at.is_(None),
        Grant.created_at > now - _JUST_NOW,
    )
    return bool(session.scalar(statement))


def _seen(
    session: Session, user_id: str, organization_id: str, now: datetime
) -> list[ColumnElement[bool]]:
    """The living connections somebody may see."""
    living = [
        Grant.organization_id == organization_id, Grant.ended_at.is_(None), Grant.expires_at > now
    ]  # fmt: skip
    own = [] if _sees_all(session, user_id, organization_id) else [Grant.user_id == user_id]
    return living + own


def _period(session: Session, organization_id: str, mode: str, now: datetime) -> datetime:
    return wallets.standing(session, Wallet(organization_id, _BOOK, mode), now).period(_BOOK, now)


def _sees_all(session: Session, user_id: str, organization_id: str) -> bool:
    role = rights.require(session, user_id, organization_id, Right.OWN_CONNECTIONS)
    return rights.may(role, Right.ALL_CONNECTIONS)


def _app(
    key: str, rows: Sequence[Row[Grant, Client, str]], spent: dict[str, tuple[int, int]]
) -> App:
    grants = [row[0] for row in rows]
    now, ever = spent.get(key, (0, 0))
    return App(
        key=key,
        name=rows[0][1].name,
        verified=all(verified.was_verified(client, grant) for grant, client, _ in rows),
        places=_unique(redirects.place(each.redirect_uri) for each in grants if each.redirect_uri),
        scopes=_unique(scope for grant in grants for scope in grant.scopes.split()),
        people=_unique(email for _, _, email in rows if email),
        connections=len(grants),
        first_used_at=min(
            (each.first_used_at for each in grants if each.first_used_at), default=None
        ),
        last_used_at=max((each.last_used_at for each in grants if each.last_used_at), default=None),
        spent=now,
        spent_ever=ever,
        caps=_widest_first(grant.monthly_cap_tokens for grant in grants),
        made_at=grants[0].created_at,
        ends=max(grant.expires_at for grant in grants),
    )


def _spent(
    session: Session, organization_id: str, apps: Sequence[str], period: datetime
) -> dict[str, tuple[int, int]]:
    """What each app spent in this period, and ever."""
    subjects = {f"app:{organization_id}:{app}": app for app in apps}
    this = case((SpendCounter.period_start == period, SpendCounter.used), else_=0)
    rows = session.execute(
        select(SpendCounter.subject, func.sum(this), func.sum(SpendCounter.used))
        .where(SpendCounter.subject.in_(subjects), SpendCounter.book == _BOOK)
        .group_by(SpendCounter.subject)
    )
    return {subjects[subject]: (int(now), int(ever)) for subject, now, ever in rows}


def _widest_first(caps: Iterable[int | None]) -> tuple[int | None, ...]:
    return tuple(sorted(set(caps), key=lambda cap: (cap is not None, -(cap or 0))))


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
