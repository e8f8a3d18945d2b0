"""A single connection: who approved what, what it has spent, and its end."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from app.domain import rights, wallets
from app.domain.clients import redirects, verified
from app.domain.grants import approve, consents, end, own
from app.domain.rights import Right
from app.domain.spend_limits import SpendLimit, used
from app.domain.wallets import Wallet
from app.errors import NotFound
from app.kit import ids
from app.models.accounts import Membership, Organization, User
from app.models.clients import Client
from app.models.grants import Grant

ON_A_PAGE = 50
_BOOK = "live"  # what an app spends is its organization's own

_Found = Select[Grant, Client, Organization, str, str]


class Connection(NamedTuple):
    """One approval of one client, as somebody who may end it sees it."""

    id: str
    organization_id: str
    organization: str
    app: str  # the key of the row it stands in
    client_id: str  # of our row
    developer_app: bool
    name: str
    verified: bool
    approved_by: str | None  # an address; None: the app acts for its organization by itself
    subject_kind: str
    place: str  # where its code went; empty where there was none
    scopes: tuple[str, ...]
    made_at: datetime
    first_used_at: datetime | None
    last_used_at: datetime | None
    last_used_from: str | None
    spent: int  # tokens in this period, by every connection of the app: what the limit is held to
    since: datetime  # when that period began
    cap: int | None
    ends: datetime
    latest: datetime  # the furthest its end may be moved
    may_change: bool  # whether whoever looks may set its limit and its end
    sells: bool  # whether its app may offer to buy tokens
    may_decide: bool  # whether whoever looks may say so


class Page(NamedTuple):
    """Some connections of an app, how many there are, and the last's id where there are more."""

    connections: list[Connection]
    of: int
    further: str


def of_app(
    session: Session, user_id: str, organization_id: str, app: str, mode: str, now: datetime,
    after: str = "",
) -> Page:  # fmt: skip
    """The living connections of an app: a member's own, an admin's everybody's; oldest first.

    Behind the last of them it begins anew: those that stood there have ended.
    """
    role = rights.require(session, user_id, organization_id, Right.OWN_CONNECTIONS)
    which = [Grant.organization_id == organization_id, Grant.app == app]
    if not rights.may(role, Right.ALL_CONNECTIONS):
        which.append(Grant.user_id == user_id)
    living = _living(user_id, now).where(*which)
    of = session.scalar(select(func.count()).select_from(living.order_by(None).subquery()))
    beyond = [Grant.id > after] if ids.is_id("grt", after) else []
    some = living.limit(ON_A_PAGE + 1)
    rows = session.execute(some.where(*beyond)).all() or session.execute(some).all()
    if not rows:
        raise NotFound("There is no such app.", hint="See what is connected under /app/apps.")
    shown, spent = rows[:ON_A_PAGE], _spent(session, rows[0][0], mode, now)
    further = shown[-1][0].id if len(rows) > ON_A_PAGE else ""
    return Page([_connection(row, *spent) for row in shown], of or 0, further)


def found(session: Session, user_id: str, grant_id: str, mode: str, now: datetime) -> Connection:
    """One living connection; another's, another organization's and an ended one do not exist."""
    row = session.execute(_living(user_id, now).where(Grant.id == grant_id)).one_or_none()
    if row is None or not _sees(row, user_id):
        raise NotFound("There is no such connection.", hint="See /app/apps for those there are.")
    return _connection(row, *_spent(session, row[0], mode, now))


def finish(session: Session, user_id: str, connection: Connection, now: datetime) -> None:
    """End one connection, and ask again before there is another."""
    grant = session.get_one(Grant, connection.id)
    if grant.user_id is None:
        own.stop(session, [grant.client_id], grant.organization_id, user_id, now)
    else:
        consents.forget(session, [grant.client_id], grant.organization_id, grant.user_id)
    end.grant(session, grant.id, "disconnected", now, actor=user_id)


def _living(user_id: str, now: datetime) -> _Found:
    """Every living connection of the organizations of a person, with the role they have there."""
    return (
        select(Grant, Client, Organization, User.email, Membership.role)
        .join(Client, Client.id == Grant.client_id)
        .join(Organization, Organization.id == Grant.organization_id)
        .join(Membership, Membership.organization_id == Grant.organization_id)
        .outerjoin(User, User.id == Grant.user_id)
        .where(Membership.user_id == user_id, Grant.ended_at.is_(None), Grant.expires_at > now)
        .order_by(Grant.id)  # in which the moment comes first
    )


def _sees(row: Row[Grant, Client, Organization, str, str], user_id: str) -> bool:
    return row[0].user_id == user_id or rights.may(row[4], Right.ALL_CONNECTIONS)


def _connection(
    row: Row[Grant, Client, Organization, str, str], spent: int, since: datetime
) -> Connection:
    grant, client, organization, email, role = row
    return Connection(
        id=grant.id,
        organization_id=organization.id,
        organization=organization.name,
        app=grant.app,
        client_id=client.id,
        developer_app=client.organization_id == organization.id,
        name=client.name,
        verified=verified.was_verified(client, grant),
        approved_by=email,
        subject_kind=grant.subject_kind,
        place=redirects.place(grant.redirect_uri) if grant.redirect_uri else "",
        scopes=tuple(grant.scopes.split()),
        made_at=grant.created_at,
        first_used_at=grant.first_used_at,
        last_used_at=grant.last_used_at,
        last_used_from=grant.last_used_from,
        spent=spent,
        since=since,
        cap=grant.monthly_cap_tokens,
        ends=grant.expires_at,
        latest=approve.latest(grant.created_at, client.refresh_life_s),
        may_change=grant.subject_kind == "user" or rights.may(role, Right.ORGANIZATION_TOKENS),
        sells=not grant.never_sells,
        may_decide=rights.may(role, Right.LIMITS),
    )


def _spent(session: Session, grant: Grant, mode: str, now: datetime) -> tuple[int, datetime]:
    wallet = Wallet(grant.organization_id, _BOOK, mode)
    period = wallets.standing(session, wallet, now).period(_BOOK, now)
    subject = f"app:{grant.organization_id}:{grant.app}"
    return used(session, SpendLimit(subject, "app", period, None), _BOOK), period
