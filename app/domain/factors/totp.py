"""Codes of an authenticator app (RFC 6238): a seed it shares with us, sealed where it lies."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain import sealed
from app.domain.factors import having
from app.domain.sealed import Lost
from app.errors import Conflict
from app.kit import clock, secrets
from app.models.factors import Authenticator

OFFER_LIFE = timedelta(minutes=30)
_ISSUER = "Polis"
_STEP_S = 30
_DIGITS = 6
_DRIFT = (0, -1, 1)  # half minutes a phone's clock may be off
_SEED, _OFFER = "totp seed", "totp offer"


class Offer(NamedTuple):
    """A seed shown to whoever sets an app up; nothing is kept until they type a code of it."""

    seed: str
    address: str  # otpauth://, as apps read it from a QR code
    token: str  # the seed again, sealed, to come back with the code


def offer(user_id: str, email: str, keys: Sequence[str], now: datetime, seed: str = "") -> Offer:
    """A new seed, or one that was shown before, with what its page needs."""
    import pyotp  # noqa: PLC0415 # few set an app up

    seed = seed or pyotp.random_base32()
    address = pyotp.TOTP(seed).provisioning_uri(name=email, issuer_name=_ISSUER)
    facts = {"for": user_id, "seed": seed, "until": clock.milliseconds(now + OFFER_LIFE)}
    token = sealed.seal(json.dumps(facts).encode(), _OFFER, keys).decode()
    return Offer(seed, address, token)


def offered(token: str, user_id: str, keys: Sequence[str], now: datetime) -> str | None:
    """The seed of an offer that was made to this person a moment ago."""
    try:
        facts = json.loads(sealed.opened(token, _OFFER, keys))
    except Lost:
        return None
    fresh = facts["for"] == user_id and facts["until"] > clock.milliseconds(now)
    return str(facts["seed"]) if fresh else None


def add(
    session: Session, user_id: str, seed: str, code: str, keys: Sequence[str], now: datetime
) -> bool:
    """Keep a seed whose app has shown the right code; False where it was another."""
    step = _step_of(seed, code, now)
    if step is None:
        return False
    values: dict[str, object] = {
        "user_id": user_id,
        **_sealed(seed.encode(), keys),
        "last_step": step,
        "created_at": now,
        "last_used_at": now,
    }
    statement = insert(session, Authenticator).values(**values)
    if not changed(session, statement.on_conflict_do_nothing(index_elements=["user_id"])):
        raise Conflict("An authenticator app is set up already.", hint="Remove it first.")
    having.settle(session, user_id, "authenticator added", now)
    return True


def check(session: Session, user_id: str, code: str, keys: Sequence[str], now: datetime) -> bool:
    """Take a code; one of a step that was taken already, or before it, is not taken again."""
    row = session.get(Authenticator, user_id)
    if row is None:
        return False
    try:
        seed = sealed.opened(row.sealed, _SEED, keys).decode()
    except Lost:  # its key is gone: a recovery code still lets its person in
        return False
    step = _step_of(seed, code, now)
    if step is None:
        return False
    newer = Authenticator.user_id == user_id, Authenticator.last_step < step
    taken = update(Authenticator).where(*newer).values(last_step=step, last_used_at=now)
    return changed(session, taken) == 1


def added_at(session: Session, user_id: str) -> tuple[datetime, datetime] | None:
    """When the app was set up, and when it was used last."""
    mine = Authenticator.user_id == user_id
    row = session.execute(
        select(Authenticator.created_at, Authenticator.last_used_at).where(mine)
    ).first()
    return None if row is None else (row[0], row[1])


def remove(session: Session, user_id: str, now: datetime) -> None:
    """Take the app away."""
    if changed(session, delete(Authenticator).where(Authenticator.user_id == user_id)):
        having.settle(session, user_id, "authenticator removed", now)


def seal_anew(session: Session, keys: Sequence[str], most: int = sealed.ANEW) -> int:
    """After a roll of the secret: seal under the first key whatever is under another.

    What no key opens stays as it is; its person gets in by a recovery code.
    """
    others = Authenticator.sealed_under != sealed.name_of(keys[0])
    some = select(Authenticator.user_id, Authenticator.sealed).where(others)
    count = 0
    # in any order, or those that no key opens would stand before the rest for ever
    for row in session.execute(some.order_by(func.random()).limit(most)):
        try:
            seed = sealed.opened(row.sealed, _SEED, keys)
        except Lost:
            continue
        same = Authenticator.user_id == row.user_id, Authenticator.sealed == row.sealed
        statement = update(Authenticator).where(*same)
        count += changed(session, statement.values(**_sealed(seed, keys)))
    return count


def _sealed(seed: bytes, keys: Sequence[str]) -> dict[str, bytes | str]:
    return {
        "sealed": sealed.seal(seed, _SEED, keys),
        "sealed_under": sealed.name_of(keys[0]),
    }


def _step_of(seed: str, code: str, now: datetime) -> int | None:
    """The half minute a code belongs to, where that is near now."""
    import pyotp  # noqa: PLC0415 # as above

    typed = "".join(code.split())
    if len(typed) != _DIGITS or not (typed.isascii() and typed.isdigit()):
        return None
    totp, current = pyotp.TOTP(seed), int(now.timestamp()) // _STEP_S
    steps = (current + off for off in _DRIFT)
    right = [step for step in steps if secrets.same(totp.generate_otp(step), typed)]
    return right[0] if right else None
