"""Everything of an organization as JSON, a piece at a time: whole, and without any secret.

What is kept as bytes is a digest or sealed, and never leaves; the audit's own digests are told,
so that whoever holds the file can check the chain.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.db import Base
from app.kit import clock
from app.models.accounts import Membership, Organization, User
from app.models.audiences import SavedAudience
from app.models.audit import AuditEvent
from app.models.billing import Balance, LedgerEntry, Purchase
from app.models.calls import ApiCall, AppCall
from app.models.clients import Client
from app.models.credentials import ApiKey
from app.models.grants import Grant
from app.models.invitations import Invitation
from app.models.payments import BillingAccount, Debt, Payment
from app.models.runs import Comparison, Run, StoredReaction
from app.models.shares import ShareLink
from app.models.threads import StoredAnswer, Thread, Turn
from app.models.webhooks import WebhookEndpoint, WebhookEvent

Json = dict[str, Any]

_AT_ONCE = 200
_NOT_TOLD = {"state"}  # the engine's memory of a seat


class Part(NamedTuple):
    """One file: its name, and its rows."""

    name: str
    rows: Iterator[Json]


def parts(session: Session, organization_id: str) -> Iterator[Part]:
    """Every file of the export but its runs, which have one each."""
    for name, table, more in _TABLES:
        yield Part(name, _rows(session, table, organization_id, more))
    yield Part("members", _members(session, organization_id))
    yield Part("connections", _connections(session, organization_id))
    yield Part("calls", _calls(session, organization_id))
    yield Part("audit", _audit(session, organization_id))


def runs(session: Session, organization_id: str) -> Iterator[Json]:
    """Every run with its report, its reactions and the questions asked about it."""
    for run in _keyset(session, select(Run).where(Run.organization_id == organization_id), Run.id):
        told = _plain(run)
        told["reactions"] = _reactions(session, run.id)
        told["threads"] = [
            _plain(thread) | {"turns": _turns(session, thread.id)}
            for thread in session.scalars(
                select(Thread).where(Thread.run_id == run.id).order_by(Thread.id)
            )
        ]
        yield told
        session.expunge_all()  # a hundred thousand reactions are not held at once


def _rows(
    session: Session, table: type[Base], organization_id: str, more: Callable[[Any], Json] | None
) -> Iterator[Json]:
    owner = table.id if table is Organization else table.organization_id  # type: ignore[attr-defined]
    for row in session.scalars(select(table).where(owner == organization_id)):
        yield _plain(row) if more is None else more(row)


def _keyset(session: Session, rows: Select[Any], key: Any) -> Iterator[Any]:
    last = ""
    while found := session.scalars(rows.where(key > last).order_by(key).limit(_AT_ONCE)).all():
        last = found[-1].id
        yield from found


def _reactions(session: Session, run_id: str) -> list[Json]:
    rows = select(StoredReaction).where(StoredReaction.run_id == run_id)
    return [_plain(each) for each in session.scalars(rows.order_by(StoredReaction.seat))]


def _turns(session: Session, thread_id: str) -> list[Json]:
    answers: dict[int, list[Json]] = {}
    given = select(StoredAnswer).where(StoredAnswer.thread_id == thread_id)
    for each in session.scalars(given.order_by(StoredAnswer.turn, StoredAnswer.seat)):
        answers.setdefault(each.turn, []).append(_plain(each))
    turns = select(Turn).where(Turn.thread_id == thread_id).order_by(Turn.number)
    return [
        _plain(each) | {"answers": answers.get(each.number, [])} for each in session.scalars(turns)
    ]


def _members(session: Session, organization_id: str) -> Iterator[Json]:
    rows = session.execute(
        select(User.id, User.email, User.name, Membership.role, Membership.created_at)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organization_id == organization_id)
        .order_by(User.id)
    )
    for id_, email, name, role, since in rows:
        facts = {"user_id": id_, "email": email, "name": name, "role": role}
        yield facts | {"since": clock.iso(since)}


def _calls(session: Session, organization_id: str) -> Iterator[Json]:
    """The newest calls of each key, then of each connection."""
    kinds = (ApiCall, ApiKey, ApiCall.key_id), (AppCall, Grant, AppCall.grant_id)
    for call, holder, whose in kinds:
        mine = select(call).join(holder, holder.id == whose)
        mine = mine.where(holder.organization_id == organization_id)
        yield from map(_plain, session.scalars(mine.order_by(call.id)))


def _connections(session: Session, organization_id: str) -> Iterator[Json]:
    rows = session.execute(
        select(Grant, Client.name, Client.client_id)
        .join(Client, Client.id == Grant.client_id)
        .where(Grant.organization_id == organization_id)
        .order_by(Grant.id)
    )
    for grant, name, client_id in rows:
        yield _plain(grant) | {"app_name": name, "client_id": client_id}


def _audit(session: Session, organization_id: str) -> Iterator[Json]:
    rows = select(AuditEvent).where(AuditEvent.chain == organization_id)
    for event in session.scalars(rows.order_by(AuditEvent.number)):
        chain = {"previous": event.previous.hex(), "digest": event.digest.hex()}
        yield _plain(event) | chain


def _plain(row: Base) -> Json:
    """The columns of a row that can be read, moments as ISO 8601."""
    told = {
        column.key: getattr(row, column.key)
        for column in row.__table__.columns
        if column.key not in _NOT_TOLD
    }
    return {
        name: clock.iso(value) if isinstance(value, datetime) else value
        for name, value in told.items()
        if not isinstance(value, bytes)
    }


def _app(row: Client) -> Json:
    """A developer app; what it registered is told, nothing it proves itself with."""
    return {
        "id": row.id,
        "client_id": row.client_id,
        "name": row.name,
        "redirect_uris": row.redirect_uris,
        "scopes": row.scopes,
        "auth_methods": row.auth_methods,
        "client_uri": row.client_uri,
        "created_at": clock.iso(row.created_at),
        "ended_at": clock.iso(row.ended_at) if row.ended_at else None,
    }


_TABLES: tuple[tuple[str, type[Base], Callable[[Any], Json] | None], ...] = (
    ("organization", Organization, None),
    ("keys", ApiKey, None),
    ("invitations", Invitation, None),
    ("developer_apps", Client, _app),
    ("comparisons", Comparison, None),
    ("balances", Balance, None),
    ("ledger", LedgerEntry, None),
    ("purchases", Purchase, None),
    ("billing", BillingAccount, None),
    ("payments", Payment, None),
    ("debts", Debt, None),
    ("audiences", SavedAudience, None),
    ("share_links", ShareLink, None),
    ("webhooks", WebhookEndpoint, None),
    ("webhook_events", WebhookEvent, None),
)
