"""The only file that moves tokens: grant, hold, settle, and the turn of a period.

Every hold meets exactly one settle. Each movement is an entry and, in the same transaction, a
conditional update of the balance; the entry's key makes doing it twice change nothing.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from app.db import changed
from app.domain import plans, spend_limits, wallets
from app.domain.entries import Movement, write
from app.domain.spend_limits import SpendLimit
from app.domain.wallets import Split, Standing, Wallet
from app.errors import Conflict, Kind, PolisError
from app.models.billing import Balance, LedgerEntry


class NotEnoughTokens(PolisError):
    """No bucket can pay the rest, and this plan has no overage."""

    kind = Kind.UNPAID
    code = "not_enough_tokens"


class SpendCapReached(PolisError):
    """A cap on overage, a key or an app stops here; `details.limit` says which."""

    kind = Kind.UNPAID
    code = "spend_cap_reached"


def grant(
    session: Session,
    wallet: Wallet,
    bucket: str,
    tokens: int,
    *,
    cause: str,
    now: datetime,
    usd_micros: int = 0,
) -> bool:
    """Add tokens to a bucket once for a cause; False where they were added before."""
    balance = wallets.locked(session, wallet)
    movement = Movement(bucket, "grant", tokens, usd_micros, _period(balance, bucket))
    if not write(session, wallet, cause, movement, now):
        return False
    setattr(balance, bucket, getattr(balance, bucket) + tokens)
    session.flush()
    return True


def hold(
    session: Session,
    wallet: Wallet,
    tokens: int,
    *,
    cause: str,
    limits: Sequence[SpendLimit],
    now: datetime,
) -> Split:
    """Set a whole price aside, or refuse and leave everything as it was."""
    balance = wallets.locked(session, wallet)
    if session.scalars(_holds(cause)).first() is not None:
        raise Conflict("The tokens for this are held already.")
    _turn_test_day(session, wallet, balance, now)
    standing = wallets.at(wallets.kept(balance), wallet.book, now)
    split = wallets.divide(standing, tokens)
    if split.missing:
        raise _refusal(standing, tokens, split.missing)
    for limit in limits:
        spend_limits.take(session, limit, tokens, cause=cause, book=wallet.book)
    _take(session, wallet, standing, split)
    for bucket, part in split.buckets():
        money = part * standing.price_micros if bucket == "overage" else 0
        period = standing.period_start if bucket in _PERIODIC else None
        write(session, wallet, cause, Movement(bucket, "hold", -part, -money, period), now)
    return split


def settle(session: Session, wallet: Wallet, *, cause: str, delivered: int, now: datetime) -> int:
    """End a hold: release all of it, charge what was delivered; gives the tokens given back.

    The second settle of a cause finds its releases written and changes nothing.
    """
    held = session.scalars(_holds(cause)).all()
    balance = wallets.locked(session, wallet)
    refunded = 0
    for part in sorted(held, key=lambda entry: plans.SPEND_ORDER.index(entry.bucket)):
        charged = min(delivered, -part.tokens)
        if not _end(session, wallet, balance, part, charged, now):
            return 0
        delivered -= charged
        refunded += -part.tokens - charged
    session.flush()
    spend_limits.give_back(session, cause, refunded)
    return refunded


def start_period(
    session: Session,
    wallet: Wallet,
    plan: str,
    *,
    start: datetime,
    end: datetime,
    cause: str,
    now: datetime,
) -> bool:
    """Begin a plan's period: what was left of the last one expires, the new allotment arrives."""
    price = plans.PLANS[plan]
    balance = wallets.locked(session, wallet)
    granted = Movement("included", "grant", price.included, 0, start)
    if not write(session, wallet, cause, granted, now):
        return False
    _expire_rest(session, wallet, balance, cause, now)
    if balance.plan != plan:  # a cap an owner set outlives the period
        balance.cap_micros = price.cap_micros
    balance.plan, balance.status, balance.included = plan, "active", price.included
    if balance.period_start != start:  # a plan changed within a period goes on counting
        balance.overage_tokens, balance.overage_micros = 0, 0
    balance.period_start, balance.period_end = start, end
    session.flush()
    return True


def entry_of(session: Session, cause: str) -> str:
    """The id of the one entry a cause has written."""
    return session.scalars(select(LedgerEntry.id).where(LedgerEntry.cause == cause)).one()


def _turn_test_day(session: Session, wallet: Wallet, balance: Balance, now: datetime) -> None:
    """The test book gets its tokens anew each day, by itself."""
    if wallet.book != "test" or (balance.period_end is not None and now < balance.period_end):
        return
    day = wallets.next_test_day(wallets.kept(balance), now)
    cause = f"test-day:{wallet.organization_id}:{wallet.mode}:{now:%Y-%m-%d}"
    movement = Movement("included", "grant", day.included, 0, day.period_start)
    if not write(session, wallet, cause, movement, now):
        return
    _expire_rest(session, wallet, balance, cause, now)
    balance.plan, balance.status, balance.included = day.plan, day.status, day.included
    balance.period_start, balance.period_end = day.period_start, day.period_end
    session.flush()


def _expire_rest(
    session: Session, wallet: Wallet, balance: Balance, cause: str, now: datetime
) -> None:
    if balance.included:
        rest = Movement("included", "expiry", -balance.included, 0, balance.period_start)
        write(session, wallet, cause, rest, now)


def _take(session: Session, wallet: Wallet, standing: Standing, split: Split) -> None:
    """Move the balance only if every bucket still has its part: the race is decided here."""
    money = split.overage * standing.price_micros
    statement = (
        update(Balance)
        .where(
            *wallets.of(wallet),
            Balance.included >= split.included,
            Balance.trial >= split.trial,
            Balance.packs >= split.packs,
            *([Balance.overage_micros + money <= Balance.cap_micros] if money else []),
        )
        .values(
            included=Balance.included - split.included,
            trial=Balance.trial - split.trial,
            packs=Balance.packs - split.packs,
            held=Balance.held + split.included + split.trial + split.packs + split.overage,
            overage_tokens=Balance.overage_tokens + split.overage,
            overage_micros=Balance.overage_micros + money,
        )
    )
    if changed(session, statement) != 1:
        raise NotEnoughTokens("The balance changed while this was starting.", hint="Try again.")


def _end(
    session: Session,
    wallet: Wallet,
    balance: Balance,
    part: LedgerEntry,
    charged: int,
    now: datetime,
) -> bool:
    """Release one held part and charge what was used of it; False where that was done before."""
    held = -part.tokens
    price = part.usd_micros // part.tokens if part.tokens else 0
    period = part.period_start
    release = Movement(part.bucket, "release", held, held * price, period)
    if not write(session, wallet, part.cause, release, now):
        return False
    if charged:
        charge = Movement(part.bucket, "charge", -charged, -charged * price, period)
        write(session, wallet, part.cause, charge, now)
    balance.held -= held
    back = held - charged
    if part.bucket in _PERIODIC and period != balance.period_start:
        _lapse(session, wallet, part, back, now)
    elif part.bucket == "overage":
        balance.overage_tokens -= back
        balance.overage_micros -= back * price
    else:
        setattr(balance, part.bucket, getattr(balance, part.bucket) + back)
    return True


def _lapse(session: Session, wallet: Wallet, part: LedgerEntry, back: int, now: datetime) -> None:
    """What returns to an ended period expires at once; its overage was never owed."""
    if part.bucket == "included" and back:
        gone = Movement("included", "expiry", -back, 0, part.period_start)
        write(session, wallet, part.cause, gone, now)


def _holds(cause: str) -> Select[LedgerEntry]:
    return select(LedgerEntry).where(LedgerEntry.cause == cause, LedgerEntry.kind == "hold")


def _period(balance: Balance, bucket: str) -> datetime | None:
    return balance.period_start if bucket in _PERIODIC else None


def _refusal(standing: Standing, tokens: int, missing: int) -> PolisError:
    facts = {"needed_tokens": tokens, "missing_tokens": missing}
    if standing.price_micros:
        return SpendCapReached(
            f"This needs {tokens} tokens; the spend cap stops {missing} short.",
            hint="Ask an owner to raise the cap, or buy a pack.",
            limit="organization",
            **facts,
        )
    return NotEnoughTokens(
        f"This needs {tokens} tokens; {missing} are missing.",
        hint="Top up with a pack, choose a plan, or test with fewer personas or less detail.",
        **facts,
    )


_PERIODIC = ("included", "overage")
