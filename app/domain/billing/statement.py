"""A month of the ledger as a bank statement: what each row did to the balance, newest first.

The entries a cause writes at once are one row: its hold, its end where anything came back, and
each grant, expiry, refund and reversal. The balance counts what is prepaid; overage is told in
tokens and dollars and moves nothing. Whoever asks does so in one snapshot.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from app.domain import entries, plans, wallets
from app.domain.billing.months import Month
from app.domain.wallets import Standing, Wallet
from app.models.billing import LedgerEntry, MonthlyMovement

ON_A_PAGE = 50
# By rank, in which rows of one moment follow each other: so none goes below what was there.
_KINDS = ("grant", "refund", "hold", "refund", "expiry", "reversal")
_HOLD, _END = 2, 3


class Place(NamedTuple):
    """Where a row stands among all: newest first, and no two at the same."""

    at: datetime
    rank: int
    cause: str


class Line(NamedTuple):
    """One row: tokens by bucket, signed as the ledger signs them, and what was left after it."""

    place: Place
    kind: str  # grant | hold | charge | refund | expiry | reversal
    included: int
    trial: int
    packs: int
    overage: int
    usd_micros: int  # of the overage; of a grant: what was paid for it
    balance: int
    expired: int = 0  # of a charge: tokens that came back to an ended period and ended with it

    @property
    def prepaid(self) -> int:
        """What the row did to the balance."""
        return self.included + self.trial + self.packs

    @property
    def tokens(self) -> int:
        """All tokens of the row."""
        return self.prepaid + self.overage

    @property
    def buckets(self) -> list[tuple[str, int]]:
        """The buckets that took part, in spend order."""
        parts = [(name, getattr(self, name)) for name in plans.SPEND_ORDER]
        return [(name, tokens) for name, tokens in parts if tokens]


class Page(NamedTuple):
    """Some rows of a month, where the next ones begin, and the balance before all of these."""

    lines: list[Line]
    older: Place | None
    opening: int  # where none are older: what the month began with
    kept: Standing  # the balance as it is kept now


def page(
    session: Session,
    wallet: Wallet,
    month: Month,
    below: Place | None = None,
    limit: int = ON_A_PAGE,
    left: int | None = None,
) -> Page:
    """The rows of a month below a place, or its newest: three questions, however many there are.

    `left` is the balance at that place, where it is known: entries never change, so the page
    above has it, and nothing is added up.
    """
    kept, balance = _balance(session, wallet, month, below, left)
    rows = _rows(session, wallet, month, below, limit + 1)
    ended = _ended(session, wallet, [row.cause for row in rows if row.rank == _HOLD])
    lines = []
    for row in rows[:limit]:
        lines.append(_line(row, balance, ended.get(row.cause)))
        balance -= lines[-1].prepaid
    older = lines[-1].place if len(rows) > limit else None
    return Page(lines, older, balance, kept)


def _balance(
    session: Session, wallet: Wallet, month: Month, below: Place | None, left: int | None
) -> tuple[Standing, int]:
    """The balance as it is kept, and as it was at a place or at the month's end.

    From the newest end: nothing is newer than the running month, which is asked for most.
    """
    newer = _moved_after(wallet, month)
    if below is not None:
        newer = newer + _moved_down_to(wallet, month, below)
    asked: tuple[Any, ...] = (*wallets.FIGURES, *([newer] if left is None else []))
    row = session.execute(select(*asked).where(*wallets.of(wallet))).first()
    if row is None:
        return Standing(), 0
    kept = Standing(*row[: len(wallets.FIGURES)])
    return kept, kept.prepaid - int(row[-1]) if left is None else left


def _moved_after(wallet: Wallet, month: Month) -> ColumnElement[int]:
    """A row a month, where its entries may be a million."""
    return (
        select(func.coalesce(func.sum(MonthlyMovement.tokens), 0))
        .where(
            MonthlyMovement.organization_id == wallet.organization_id,
            MonthlyMovement.book == wallet.book,
            MonthlyMovement.mode == wallet.mode,
            MonthlyMovement.month >= month.end,
        )
        .scalar_subquery()
    )


def _moved_down_to(wallet: Wallet, month: Month, below: Place) -> ColumnElement[int]:
    """By the entries of a month, of which each page below its first one knows the balance."""
    return (
        select(func.coalesce(func.sum(LedgerEntry.tokens), 0))
        .where(
            *entries.of(wallet),
            LedgerEntry.bucket != "overage",
            LedgerEntry.created_at < month.end,
            _down_to(below),
        )
        .scalar_subquery()
    )


def _rows(
    session: Session, wallet: Wallet, month: Month, below: Place | None, limit: int
) -> Sequence[Row[Any]]:
    """Left out are ends that gave nothing back, whose hold says it all, and holds of nothing."""
    shown = LedgerEntry.created_at < month.end
    if below is not None:
        shown = and_(LedgerEntry.created_at <= below.at, not_(_down_to(below)))
    first = literal(month.start, LedgerEntry.created_at.type)
    enough = func.coalesce(_far_enough(wallet, month, shown, limit), first)
    facts = (LedgerEntry.bucket, LedgerEntry.tokens, LedgerEntry.usd_micros)
    entry = (
        select(LedgerEntry.created_at, _rank().label("rank"), LedgerEntry.cause, *facts)
        .where(*entries.of(wallet), LedgerEntry.created_at >= enough, shown)
        .subquery()
    )
    place = (entry.c.created_at, entry.c.rank, entry.c.cause)
    sums = (
        func.sum(case((entry.c.bucket == name, entry.c.tokens), else_=0))
        for name in plans.SPEND_ORDER
    )
    statement: Select[Any] = (
        select(*place, *sums, func.sum(entry.c.usd_micros))
        .group_by(*place)
        .having(or_(entry.c.rank.not_in((_HOLD, _END)), func.sum(entry.c.tokens) != 0))
        .order_by(*(column.desc() for column in place))
        .limit(limit)
    )
    return session.execute(statement).all()


def _far_enough(
    wallet: Wallet, month: Month, shown: ColumnElement[bool], limit: int
) -> ScalarSelect[datetime]:
    """A moment since which there are rows enough: entries that are never left out, four a row."""
    return (
        select(LedgerEntry.created_at)
        .where(
            *entries.of(wallet),
            LedgerEntry.kind.in_(("grant", "hold")),
            LedgerEntry.tokens != 0,
            LedgerEntry.created_at >= month.start,
            shown,
        )
        .order_by(LedgerEntry.created_at.desc())
        .offset(len(plans.SPEND_ORDER) * limit)
        .limit(1)
        .scalar_subquery()
    )


def _ended(session: Session, wallet: Wallet, causes: Sequence[str]) -> dict[str, int]:
    """The holds among these that were released, each with the tokens that expired as they did.

    Whose they are is looked at here: asked for both, SQLite reads the wallet's whole ledger
    rather than the few entries of the causes.
    """
    if not causes:
        return {}
    gone = case((LedgerEntry.kind == "expiry", -LedgerEntry.tokens), else_=0)
    whose = (LedgerEntry.organization_id, LedgerEntry.book, LedgerEntry.mode)
    statement = (
        select(LedgerEntry.cause, func.sum(gone), *whose)
        .where(LedgerEntry.cause.in_(causes))
        .group_by(LedgerEntry.cause, *whose)
        .having(func.max(case((LedgerEntry.kind == "release", 1), else_=0)) == 1)
    )
    rows = session.execute(statement)
    return {cause: int(tokens) for cause, tokens, *its in rows if Wallet(*its) == wallet}


def _line(row: Row[Any], balance: int, expired: int | None) -> Line:
    place = Place(row.created_at, row.rank, row.cause)
    kind = "charge" if row.rank == _HOLD and expired is not None else _KINDS[row.rank]
    included, trial, packs, overage, usd_micros = map(int, row[3:])
    return Line(place, kind, included, trial, packs, overage, usd_micros, balance, expired or 0)


def _rank() -> ColumnElement[int]:
    """Which row of its cause an entry belongs to."""
    other = aliased(LedgerEntry)
    same = other.cause == LedgerEntry.cause, other.created_at == LedgerEntry.created_at
    ends = and_(LedgerEntry.kind == "expiry", exists().where(*same, other.kind == "release"))
    named = ((LedgerEntry.kind == kind, rank) for rank, kind in enumerate(_KINDS) if rank != _END)
    return case((ends, _END), *named, else_=_END)


def _down_to(place: Place) -> ColumnElement[bool]:
    """The entries of the rows down to a place, itself included."""
    rank, moment = _rank(), LedgerEntry.created_at
    lower = or_(rank > place.rank, and_(rank == place.rank, LedgerEntry.cause >= place.cause))
    return and_(moment >= place.at, or_(moment > place.at, lower))
