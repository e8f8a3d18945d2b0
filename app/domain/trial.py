"""Trial tokens: once per verified person, within what the installation gives away a day."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain import ledger, plans
from app.domain.wallets import Wallet
from app.errors import Kind, PolisError
from app.kit import clock
from app.models.accounts import User
from app.models.limits import DailyTotal


class TrialExhausted(PolisError):
    """The installation has given away today's trial tokens."""

    kind = Kind.THROTTLED
    code = "rate_limited"


def address_of(email: str) -> str:
    """An address as trials are counted: lower case, without `+tag`."""
    local, _, host = email.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{host}"


def grant(
    session: Session, user: User, organization_id: str, mode: str, *, per_day: int, now: datetime
) -> bool:
    """Give a person their trial; False where this address has had it."""
    wallet = Wallet(organization_id, "live", mode)
    cause = f"trial:{_digest(user.trial_address)}"
    if not ledger.grant(session, wallet, "trial", plans.TRIAL_TOKENS, cause=cause, now=now):
        return False
    _count(session, plans.TRIAL_TOKENS, per_day, now)
    return True


def _digest(address: str) -> str:
    """Entries outlive their person, so they name no address; and any address fits."""
    return hashlib.sha256(address.encode()).hexdigest()


def _count(session: Session, tokens: int, per_day: int, now: datetime) -> None:
    """Add to the day's total, or refuse: the grant above is then rolled back with us."""
    raised = DailyTotal.used + tokens
    statement = (
        insert(session, DailyTotal)
        .values(name="trial", day=clock.day_start(now), used=tokens)
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
