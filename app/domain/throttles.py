"""What is seldom takes a place, and only a right guess gives it back before its time.

However many processes are asked at once, a subject never has more than its limit of places in any
stretch of the limit's length: the places are rows, and a taken one is nobody else's.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from math import ceil
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain.limits import Allowance, Limit, RateLimited
from app.kit import ids, meters
from app.models.limits import WaitSlot


class Attempt(NamedTuple):
    """The places one guess holds."""

    holder: str


class Words(NamedTuple):
    """What somebody is told who came too often; `hint` names the `{minutes}` or `{seconds}`."""

    message: str
    hint: str


_PASSWORDS = Words(
    "Too many wrong passwords.",
    "Try again in {minutes} minutes, or have a link sent to your address.",
)
_FACTORS = Words("Too many wrong codes.", "Try again in {minutes} minutes.")


def attempt(
    session: Session, limits: Mapping[str, Limit], email: str, network: str, now: datetime
) -> Attempt:
    """A place for one guess at a password, or a refusal: then even the right one is not tried."""
    places = (
        (limits["sign_in_failures"], digest_of(email)),
        (limits["sign_in_failures_network"], network),
    )
    return hold(session, places, _PASSWORDS, now)


def second(
    session: Session, limits: Mapping[str, Limit], user_id: str | None, network: str, now: datetime
) -> Attempt:
    """A place for one guess at a second factor; nobody's passkey counts for the network alone."""
    places = [(limits["second_factor_failures_network"], network)]
    if user_id is not None:
        places.insert(0, (limits["second_factor_failures"], user_id))
    return hold(session, places, _FACTORS, now)


def hold(
    session: Session, places: Iterable[tuple[Limit, str]], words: Words, now: datetime
) -> Attempt:
    """A place under each of some limits for one guess at anything, or a refusal in these words.

    It is refused by reading alone, and told the longest of the waits.
    """
    made = Attempt(ids.new("try"))
    held = [(limit, who, _ends(session, limit, who, now)) for limit, who in places]
    full = [(_wait(ends, now), limit) for limit, _, ends in held if len(ends) >= limit.amount]
    if full:
        raise _refusal(*max(full, key=itemgetter(0)), words)
    for limit, who, ends in held:
        if not _place(session, limit, who, ends, made, now):
            raise _refusal(_wait(_ends(session, limit, who, now), now), limit, words)
    return made


def look(session: Session, limit: Limit, who: str, words: Words, now: datetime) -> None:
    """Refuse where no place is free, without taking one."""
    ends = _ends(session, limit, who, now)
    if len(ends) >= limit.amount:
        raise _refusal(_wait(ends, now), limit, words)


def left(session: Session, limit: Limit, who: str, now: datetime) -> Allowance:
    """What is left under a limit, and when all of it is there again."""
    ends = _ends(session, limit, who, now).values()
    return Allowance(limit, limit.amount - len(ends), _seconds(max(ends, default=now), now))


def forgive(session: Session, made: Attempt) -> None:
    """Give the places of a right guess back."""
    session.execute(delete(WaitSlot).where(WaitSlot.holder == made.holder))


def forget_old(session: Session, now: datetime) -> int:
    """Drop places nobody holds any more."""
    return changed(session, delete(WaitSlot).where(WaitSlot.lease_until < now))


def digest_of(email: str) -> str:
    """An address as counters know it: they outlive it and need not tell it."""
    return hashlib.sha256(email.encode()).hexdigest()


def _place(
    session: Session,
    limit: Limit,
    who: str,
    ends: Mapping[int, datetime],
    made: Attempt,
    now: datetime,
) -> bool:
    """Whether one was still free: others may have taken what was when these were read."""
    free = (slot for slot in range(limit.amount) if slot not in ends)
    return any(_take(session, limit, who, slot, made, now) for slot in free)


def _ends(session: Session, limit: Limit, who: str, now: datetime) -> dict[int, datetime]:
    """The places that are held, and until when each is."""
    held = select(WaitSlot.slot, WaitSlot.lease_until).where(
        WaitSlot.subject == _subject(limit, who), WaitSlot.lease_until > now
    )
    return {row.slot: row.lease_until for row in session.execute(held)}


def _subject(limit: Limit, who: str) -> str:
    return f"{limit.name}:{who}"


def _take(
    session: Session, limit: Limit, who: str, slot: int, made: Attempt, now: datetime
) -> bool:
    taken = {"holder": made.holder, "lease_until": now + timedelta(seconds=limit.seconds)}
    statement = (
        insert(session, WaitSlot)
        .values(subject=_subject(limit, who), slot=slot, **taken)
        .on_conflict_do_update(
            index_elements=["subject", "slot"], set_=taken, where=WaitSlot.lease_until <= now
        )
    )
    return changed(session, statement) == 1


def _refusal(wait: int, limit: Limit, words: Words) -> RateLimited:
    meters.THROTTLED.add(limit.name)
    return RateLimited(
        words.message,
        hint=words.hint.format(minutes=-(-wait // 60), seconds=wait),
        retry_after_s=wait,
        limit=limit.name,
    )


def _wait(ends: Mapping[int, datetime], now: datetime) -> int:
    return _seconds(min(ends.values(), default=now), now)


def _seconds(until: datetime, now: datetime) -> int:
    return max(1, ceil((until - now).total_seconds()))
