"""Trial tokens: once per verified person, within what the installation gives away a day.

An agent may spend part of them before anybody proves the address; the rest comes with the proof.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain import disposable, ledger, plans
from app.domain.wallets import Wallet
from app.errors import Kind, PolisError
from app.kit import clock
from app.models.limits import DailyTotal

_PART, _REST = "trial-part:", "trial:"
_SHARE = 3


class TrialExhausted(PolisError):
    """The installation has given away today's trial tokens."""

    kind = Kind.THROTTLED
    code = "rate_limited"


def address_of(email: str) -> str:
    """An address as trials are counted: lower case, without `+tag`."""
    local, _, host = email.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{host}"


def grant(
    session: Session, email: str, organization_id: str, mode: str, *, per_day: int, now: datetime
) -> bool:
    """Give what an address has not had of its trial; False where it has had it all.

    It is two entries, each written once for ever: whatever happens at once, none is given twice.
    """
    rest = plans.TRIAL_TOKENS - plans.TRIAL_TOKENS_AT_PROVISIONING
    parts = ((_PART, plans.TRIAL_TOKENS_AT_PROVISIONING), (_REST, rest))
    given = [
        tokens
        for cause, tokens in parts
        if _give(session, email, cause, tokens, organization_id, mode, now)
    ]
    _count(session, "trial", sum(given), per_day, now)
    return bool(given)


def grant_part(
    session: Session, email: str, organization_id: str, mode: str, *, per_day: int, now: datetime
) -> int:
    """Give the part that may be spent unproved; gives how many tokens that were.

    Strangers together get a third of the day, so that they cannot take it from people who prove
    their address.
    """
    tokens = plans.TRIAL_TOKENS_AT_PROVISIONING
    if not _give(session, email, _PART, tokens, organization_id, mode, now):
        return 0
    _count(session, "trial_unproved", tokens, per_day // _SHARE, now)
    _count(session, "trial", tokens, per_day, now)
    return tokens


def _give(
    session: Session,
    email: str,
    cause: str,
    tokens: int,
    organization_id: str,
    mode: str,
    now: datetime,
) -> bool:
    if disposable.is_disposable(email):
        return False
    wallet = Wallet(organization_id, "live", mode)
    cause = f"{cause}{_digest(address_of(email))}"
    return ledger.grant(session, wallet, "trial", tokens, cause=cause, now=now)


def _digest(address: str) -> str:
    """Entries outlive their person, so they name no address; and any address fits."""
    return hashlib.sha256(address.encode()).hexdigest()


def _count(session: Session, name: str, tokens: int, per_day: int, now: datetime) -> None:
    """Add to one of the day's totals, or refuse: the grant is then rolled back with us."""
    if not tokens:
        return
    raised = DailyTotal.used + tokens
    statement = (
        insert(session, DailyTotal)
        .values(name=name, day=clock.day_start(now), used=tokens)
        .on_conflict_do_update(
            index_elements=["name", "day"], set_={"used": raised}, where=raised <= per_day
        )
    )
    if tokens > per_day or changed(session, statement) != 1:
        tomorrow = clock.day_start(now) + timedelta(days=1)
        raise TrialExhausted(
            "This installation has given away today's trial tokens.",
            hint="Try again tomorrow.",
            retry_after_s=int((tomorrow - now).total_seconds()) + 1,
        )
