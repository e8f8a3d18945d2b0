"""What an organization can spend right now, and how a price would divide over its buckets."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.db import insert
from app.domain import plans
from app.kit import clock
from app.models.billing import Balance

TEST_PLAN = "test"  # what the test book's daily allotment is booked as


@dataclass(frozen=True, slots=True)
class Wallet:
    """Names one balance: an organization's tokens in one book under one payment mode."""

    organization_id: str
    book: str
    mode: str


class Standing(NamedTuple):
    """A balance as it counts at one moment; every figure is what can still be spent."""

    plan: str = "trial"
    status: str = "trialing"
    included: int = 0
    trial: int = 0
    packs: int = 0
    held: int = 0
    overage_tokens: int = 0
    overage_micros: int = 0
    cap_micros: int = 0
    debt: int = 0  # tokens: nothing starts until it is paid
    period_start: datetime | None = None
    period_end: datetime | None = None
    usable_until: datetime | None = None
    overage_until: datetime | None = None
    overage_over: bool = False  # the period's: the plan has overage, and not at this moment

    @property
    def ends(self) -> datetime | None:
        """When the period's tokens end: with it, or later while its renewal is being paid."""
        return self.usable_until or self.period_end

    @property
    def price_micros(self) -> int:
        """What a token of overage costs on this plan; 0 where overage is refused."""
        plan = plans.PLANS.get(self.plan)
        sold = plan is not None and self.status == "active" and not self.overage_over
        return plan.overage_micros if plan and sold else 0

    @property
    def prepaid(self) -> int:
        """Tokens that can be spent before anything costs more."""
        return self.included + self.trial + self.packs

    @property
    def spendable(self) -> int:
        """Tokens until a start is refused, overage up to the cap among them; none while in debt."""
        return 0 if self.debt else self.prepaid + self.overage_room

    @property
    def overage_room(self) -> int:
        """How many tokens of overage the cap still allows."""
        price = self.price_micros
        return max(0, (self.cap_micros - self.overage_micros) // price) if price else 0

    def period(self, book: str, now: datetime) -> datetime:
        """Start of the period limits count in: the plan's, else the calendar month (UTC)."""
        start, end = self.period_start, self.ends
        if book == "live" and start is not None and end is not None and now < end:
            return start
        return clock.month_start(now)

    def period_ends(self, book: str, now: datetime) -> datetime:
        """When that period ends, and what counts in it begins anew."""
        start = self.period(book, now)
        if start != self.period_start or self.period_end is None:
            return clock.month_after(start)
        return self.period_end if now < self.period_end else self.ends or self.period_end


@dataclass(frozen=True, slots=True)
class Split:
    """How a price divides over the buckets in spend order, and what nobody can pay."""

    included: int
    trial: int
    packs: int
    overage: int
    missing: int

    def buckets(self) -> list[tuple[str, int]]:
        """The buckets that take part."""
        parts = [(name, getattr(self, name)) for name in plans.SPEND_ORDER]
        return [(name, tokens) for name, tokens in parts if tokens]


def can_wait(book: str) -> bool:
    """Whether work of a book is done when nothing of others is left to do."""
    return book == "test"


def divide(standing: Standing, tokens: int) -> Split:
    """Spend order: included, trial, packs, overage up to the cap; the rest is missing."""
    left, taken = tokens, []
    for room in (standing.included, standing.trial, standing.packs, standing.overage_room):
        part = min(left, room)
        taken.append(part)
        left -= part
    included, trial, packs, overage = taken
    return Split(included, trial, packs, overage, left)


def standing(session: Session, wallet: Wallet, now: datetime) -> Standing:
    """The standing of a wallet, read inside a transaction."""
    row = session.execute(select(*FIGURES).where(*of(wallet))).first()
    return at(Standing(*row) if row else Standing(), wallet.book, now)


def at(kept: Standing, book: str, now: datetime) -> Standing:
    """What a kept balance counts for at a moment: an ended period's tokens are gone.

    The test book's next day begins by itself; the entries follow with the next hold.
    """
    if kept.ends is not None and now < kept.ends:
        until = kept.overage_until
        return kept._replace(overage_over=True) if until is not None and now >= until else kept
    if book == "test":
        return next_test_day(kept, now)
    if kept.plan in plans.PAID_PLANS:
        return kept._replace(status="inactive", included=0)
    return kept


def next_test_day(kept: Standing, now: datetime) -> Standing:
    """The test book's standing on a new day."""
    day = clock.day_start(now)
    return kept._replace(
        plan=TEST_PLAN,
        status="active",
        included=plans.TEST_TOKENS_PER_DAY,
        period_start=day,
        period_end=day + timedelta(days=1),
    )


def locked(session: Session, wallet: Wallet) -> Balance:
    """The balance row, made if need be and held for this transaction."""
    session.execute(
        insert(session, Balance)
        .values(organization_id=wallet.organization_id, book=wallet.book, mode=wallet.mode)
        .on_conflict_do_nothing()
    )
    statement = (
        select(Balance)
        .where(*of(wallet))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).one()


def kept(balance: Balance) -> Standing:
    """A balance row as the plain record."""
    return Standing(*(getattr(balance, column.key) for column in FIGURES))


def of(wallet: Wallet) -> tuple[ColumnElement[bool], ...]:
    """The condition that names a wallet's row."""
    return (
        Balance.organization_id == wallet.organization_id,
        Balance.book == wallet.book,
        Balance.mode == wallet.mode,
    )


FIGURES = (
    Balance.plan,
    Balance.status,
    Balance.included,
    Balance.trial,
    Balance.packs,
    Balance.held,
    Balance.overage_tokens,
    Balance.overage_micros,
    Balance.cap_micros,
    Balance.debt,
    Balance.period_start,
    Balance.period_end,
    Balance.usable_until,
    Balance.overage_until,
)
