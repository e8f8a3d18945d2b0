"""What holds in every ledger at every commit.

Balances, days, months and counters are sums of entries.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Select, func, select, text, type_coerce
from sqlalchemy.orm import Session

from app.kit import clock
from app.models.billing import Balance, LedgerEntry, MonthlyMovement
from app.models.limits import SpendCounter, SpendPart
from app.models.payments import Debt
from app.models.usage import DailyUsage

KEPT = ("included", "trial", "packs")  # buckets a balance keeps by name
STILL_COUNTED = ("hold", "release", "charge", "refund")

_NAMES = ("organization_id", "book", "mode")
_DAY_MS = 86_400_000

_Wallet = tuple[str, str, str]
_Group = tuple[str, str, datetime | None]  # bucket, kind, period
_Entries = dict[_Group, tuple[int, int]]  # tokens and micro-dollars


def broken(session: Session, *organizations: str) -> Iterator[str]:
    """Every figure of these organizations, or of all and their counters, that is not borne out."""
    entries = _sums(session, organizations)
    balances = _balances(session, organizations)
    for wallet in sorted(entries.keys() - {_wallet(balance) for balance in balances}):
        yield f"{wallet}: entries without a balance"
    for balance in balances:
        for name, kept, summed in _figures(balance, entries.get(_wallet(balance), {})):
            if kept != summed or kept < 0:
                yield f"{_wallet(balance)}: {name} is {kept}, its entries say {summed}"
    yield from _broken_days(session, organizations)
    yield from _broken_months(session, organizations)
    yield from _broken_debts(session, balances)
    yield from _broken_counters(session, organizations)


def _figures(balance: Balance, entries: _Entries) -> Iterator[tuple[str, int, int]]:
    for bucket in KEPT:
        yield bucket, getattr(balance, bucket), _tokens(entries, {bucket}, None)
    yield "held", balance.held, -_tokens(entries, None, {"hold", "release"})
    period = [
        sums
        for (bucket, _, start), sums in entries.items()
        if bucket == "overage" and start == balance.period_start
    ]
    yield "overage_tokens", balance.overage_tokens, -sum(tokens for tokens, _ in period)
    yield "overage_micros", balance.overage_micros, -sum(micros for _, micros in period)


def _tokens(entries: _Entries, buckets: set[str] | None, kinds: set[str] | None) -> int:
    return sum(
        tokens
        for (bucket, kind, _), (tokens, _) in entries.items()
        if (buckets is None or bucket in buckets) and (kinds is None or kind in kinds)
    )


def _sums(session: Session, organizations: tuple[str, ...]) -> dict[_Wallet, _Entries]:
    """Tokens and micro-dollars by wallet, then by bucket, kind and period."""
    entry = LedgerEntry
    names = [getattr(entry, name) for name in _NAMES]
    facts = (entry.bucket, entry.kind, entry.period_start)
    statement = select(*names, *facts, func.sum(entry.tokens), func.sum(entry.usd_micros))
    if organizations:
        statement = statement.where(entry.organization_id.in_(organizations))
    found: dict[_Wallet, _Entries] = {}
    for row in session.execute(statement.group_by(*names, *facts)):
        of, group = (row[0], row[1], row[2]), (row[3], row[4], row[5])
        found.setdefault(of, {})[group] = (int(row[6]), int(row[7]))
    return found


def _balances(session: Session, organizations: tuple[str, ...]) -> list[Balance]:
    statement = select(Balance)
    if organizations:
        statement = statement.where(Balance.organization_id.in_(organizations))
    return list(session.scalars(statement.execution_options(populate_existing=True)))


def _broken_days(session: Session, organizations: tuple[str, ...]) -> Iterator[str]:
    """What is summed by day is what was charged on it, and counts what was charged."""
    moment = type_coerce(LedgerEntry.created_at, BigInteger)
    causes = func.count(LedgerEntry.cause.distinct())
    charged = _by_day(LedgerEntry, moment - moment % _DAY_MS, -func.sum(LedgerEntry.tokens), causes)
    kept = _by_day(
        DailyUsage,
        type_coerce(DailyUsage.day, BigInteger),
        func.sum(DailyUsage.tokens),
        func.sum(DailyUsage.charges),
    )
    charged = charged.where(LedgerEntry.kind == "charge")
    if organizations:
        charged = charged.where(LedgerEntry.organization_id.in_(organizations))
        kept = kept.where(DailyUsage.organization_id.in_(organizations))
    entries, days = _days(session, charged), _days(session, kept)
    for key in sorted(entries.keys() | days.keys()):
        if entries.get(key) != days.get(key):
            yield f"{key}: {days.get(key)} is summed, its entries say {entries.get(key)}"


def _broken_months(session: Session, organizations: tuple[str, ...]) -> Iterator[str]:
    """What is summed by month is what its entries did to the prepaid balance."""
    moment = type_coerce(LedgerEntry.created_at, BigInteger)
    moved = _by_day(LedgerEntry, moment - moment % _DAY_MS, func.sum(LedgerEntry.tokens))
    moved = moved.where(LedgerEntry.bucket != "overage")
    kept = select(*(getattr(MonthlyMovement, name) for name in _NAMES))
    kept = kept.add_columns(MonthlyMovement.month, MonthlyMovement.tokens)
    if organizations:
        moved = moved.where(LedgerEntry.organization_id.in_(organizations))
        kept = kept.where(MonthlyMovement.organization_id.in_(organizations))
    entries: Counter[tuple[Any, ...]] = Counter()
    for *wallet, day, tokens in session.execute(moved):
        entries[(*wallet, clock.month_start(clock.from_milliseconds(day)))] += int(tokens)
    months = {(*row[:4],): row[4] for row in session.execute(kept)}
    for key in sorted(entries.keys() | months.keys()):
        if entries[key] != months.get(key, 0):
            yield f"{key}: {months.get(key)} is summed, its entries say {entries[key]}"


def _by_day(table: type[LedgerEntry | DailyUsage], day: Any, *figures: Any) -> Select[Any]:
    names = [getattr(table, name) for name in _NAMES]
    return select(*names, day, *figures).group_by(*names, text("4"))


def _days(session: Session, statement: Select[Any]) -> dict[tuple[Any, ...], tuple[int, int]]:
    return {(*row[:4],): (int(row[4]), int(row[5])) for row in session.execute(statement)}


def _broken_debts(session: Session, balances: list[Balance]) -> Iterator[str]:
    """What blocks new runs is what is owed and not paid."""
    open_ = func.sum(Debt.tokens - Debt.paid)
    rows = session.execute(
        select(Debt.organization_id, Debt.mode, open_).group_by(Debt.organization_id, Debt.mode)
    )
    owed = {(organization_id, "live", mode): int(tokens) for organization_id, mode, tokens in rows}
    for balance in balances:
        due = owed.get(_wallet(balance), 0)
        if balance.debt != due:
            yield f"{_wallet(balance)}: debt is {balance.debt}, {due} owed"


def _wallet(balance: Balance) -> _Wallet:
    return balance.organization_id, balance.book, balance.mode


def _broken_counters(session: Session, organizations: tuple[str, ...]) -> Iterator[str]:
    """A counter is what its causes held and did not give back."""
    counted: Counter[tuple[str, str, datetime]] = Counter()
    key = (SpendPart.subject, SpendPart.book, SpendPart.period_start)
    parts = (
        select(*key, func.sum(LedgerEntry.tokens))
        .join(LedgerEntry, LedgerEntry.cause == SpendPart.cause)
        .where(LedgerEntry.kind.in_(STILL_COUNTED))
    )
    if organizations:
        parts = parts.where(LedgerEntry.organization_id.in_(organizations))
    for subject, book, start, tokens in session.execute(parts.group_by(*key)):
        counted[subject, book, start] = -int(tokens)
    counters = select(SpendCounter)
    if organizations:
        counters = counters.where(SpendCounter.subject.in_({subject for subject, *_ in counted}))
    for counter in session.scalars(counters.execution_options(populate_existing=True)):
        summed = counted[counter.subject, counter.book, counter.period_start]
        if counter.used != summed:
            yield f"{counter.subject}: counter is {counter.used}, its causes say {summed}"
