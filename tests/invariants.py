"""What holds in every ledger at every commit: balances and counters are sums of entries."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import BigInteger, func, select, text, type_coerce
from sqlalchemy.orm import Session

from app.db import Database
from app.models.billing import Balance, LedgerEntry
from app.models.limits import SpendCounter, SpendPart
from app.models.payments import Debt
from app.models.usage import DailyUsage

KEPT = ("included", "trial", "packs")  # buckets a balance keeps by name
STILL_COUNTED = ("hold", "release", "charge")


def check(database: Database) -> None:
    """Fail with every figure that is not the sum of its entries.

    In one snapshot: a worker may commit between reading the entries and the balances.
    """
    with database.snapshot() as session:
        found = list(broken(session))
    assert found == [], found


def broken(session: Session, *organizations: str) -> Iterator[str]:
    """Every figure of these organizations, or of all and their counters, that is not borne out."""
    entries = _sums(session, organizations)
    balances = _balances(session, organizations)
    for wallet in {key[0] for key in entries} - {_wallet(balance) for balance in balances}:
        yield f"{wallet}: entries without a balance"
    for balance in balances:
        mine = {key[1:]: sums for key, sums in entries.items() if key[0] == _wallet(balance)}
        for name, kept, summed in _figures(balance, mine):
            if kept != summed or kept < 0:
                yield f"{_wallet(balance)}: {name} is {kept}, its entries say {summed}"
    yield from _broken_days(session, organizations)
    yield from _broken_debts(session, balances)
    yield from _broken_counters(session, organizations)


def _figures(balance: Balance, entries: dict) -> Iterator[tuple[str, int, int]]:
    for bucket in KEPT:
        yield bucket, getattr(balance, bucket), _tokens(entries, lambda b, *_, of=bucket: b == of)
    yield "held", balance.held, -_tokens(entries, lambda _b, kind, _p: kind in {"hold", "release"})
    period = [
        sums
        for (bucket, _, start), sums in entries.items()
        if bucket == "overage" and start == balance.period_start
    ]
    yield "overage_tokens", balance.overage_tokens, -sum(tokens for tokens, _ in period)
    yield "overage_micros", balance.overage_micros, -sum(micros for _, micros in period)


def _tokens(entries: dict, wanted) -> int:
    return sum(tokens for key, (tokens, _) in entries.items() if wanted(*key))


def _sums(session: Session, organizations: tuple[str, ...]) -> dict:
    """Tokens and micro-dollars by wallet, bucket, kind and period."""
    entry = LedgerEntry
    names = (entry.organization_id, entry.book, entry.mode)
    facts = (entry.bucket, entry.kind, entry.period_start)
    statement = select(*names, *facts, func.sum(entry.tokens), func.sum(entry.usd_micros))
    if organizations:
        statement = statement.where(entry.organization_id.in_(organizations))
    rows = session.execute(statement.group_by(*names, *facts))
    return {((*row[:3],), *row[3:6]): (int(row[6]), int(row[7])) for row in rows}


def _balances(session: Session, organizations: tuple[str, ...]) -> list[Balance]:
    statement = select(Balance)
    if organizations:
        statement = statement.where(Balance.organization_id.in_(organizations))
    return list(session.scalars(statement.execution_options(populate_existing=True)))


def _broken_days(session: Session, organizations: tuple[str, ...]) -> Iterator[str]:
    """What is summed by day is what was charged on it, and counts what was charged."""
    names = ("organization_id", "book", "mode")
    moment = type_coerce(LedgerEntry.created_at, BigInteger)
    day = moment - moment % 86_400_000
    charged = select(
        *(getattr(LedgerEntry, name) for name in names), day,
        -func.sum(LedgerEntry.tokens), func.count(LedgerEntry.cause.distinct()),
    ).where(LedgerEntry.kind == "charge").group_by(*(getattr(LedgerEntry, name) for name in names), text("4"))  # fmt: skip
    kept = select(
        *(getattr(DailyUsage, name) for name in names), type_coerce(DailyUsage.day, BigInteger),
        func.sum(DailyUsage.tokens), func.sum(DailyUsage.charges),
    ).group_by(*(getattr(DailyUsage, name) for name in names), text("4"))  # fmt: skip
    if organizations:
        charged = charged.where(LedgerEntry.organization_id.in_(organizations))
        kept = kept.where(DailyUsage.organization_id.in_(organizations))
    entries = {(*row[:4],): (int(row[4]), int(row[5])) for row in session.execute(charged)}
    days = {(*row[:4],): (int(row[4]), int(row[5])) for row in session.execute(kept)}
    for key in sorted(entries.keys() | days.keys()):
        if entries.get(key) != days.get(key):
            yield f"{key}: {days.get(key)} is summed, its entries say {entries.get(key)}"


def _broken_debts(session: Session, balances: list[Balance]) -> Iterator[str]:
    """What blocks new runs is what is owed and not paid."""
    open_ = func.sum(Debt.tokens - Debt.paid)
    rows = session.execute(
        select(Debt.organization_id, Debt.mode, open_).group_by(Debt.organization_id, Debt.mode)
    )
    owed = {(organization_id, "live", mode): int(tokens) for organization_id, mode, tokens in rows}
    for balance in balances:
        if balance.debt != owed.get(_wallet(balance), 0):
            yield f"{_wallet(balance)}: debt is {balance.debt}, {owed.get(_wallet(balance), 0)} owed"


def _wallet(balance: Balance) -> tuple[str, str, str]:
    return balance.organization_id, balance.book, balance.mode


def _broken_counters(session: Session, organizations: tuple[str, ...]) -> Iterator[str]:
    """A counter is what its causes held and did not give back."""
    counted: Counter = Counter()
    whose = [LedgerEntry.organization_id.in_(organizations)] if organizations else []
    rows = session.execute(
        select(
            SpendPart.subject, SpendPart.book, SpendPart.period_start, func.sum(LedgerEntry.tokens)
        )
        .join(LedgerEntry, LedgerEntry.cause == SpendPart.cause)
        .where(LedgerEntry.kind.in_(STILL_COUNTED), *whose)
        .group_by(SpendPart.subject, SpendPart.book, SpendPart.period_start)
    )
    for subject, book, start, tokens in rows:
        counted[subject, book, start] = -int(tokens)
    counters = select(SpendCounter)
    if organizations:
        counters = counters.where(SpendCounter.subject.in_({subject for subject, *_ in counted}))
    for counter in session.scalars(counters):
        summed = counted[counter.subject, counter.book, counter.period_start]
        if counter.used != summed:
            yield f"{counter.subject}: counter is {counter.used}, its causes say {summed}"
