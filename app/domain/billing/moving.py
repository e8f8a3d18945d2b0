"""Another kind of money for an installation: what was bought stays behind, trials come along."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from app.domain import ledger, reversals
from app.domain.billing import bought, metering, notices
from app.domain.billing.purchases import LAST_HOUR
from app.domain.billing.records import LIVING
from app.domain.reversals import Granted
from app.domain.wallets import Wallet
from app.errors import Conflict
from app.kit import clock
from app.models.billing import Balance, Purchase
from app.models.payments import BillingAccount
from app.models.work import InstallationFact, Work

_MODE = "payment_mode"
_LIVE = "stripe_live"  # real money


class Moved(NamedTuple):
    """What a change of the payment mode did."""

    organizations: int
    trial_tokens: int  # that came along
    left_behind: int  # included and pack tokens, which count in the old mode alone


def move(session: Session, before: str, after: str, now: datetime) -> Moved:
    """Make another payment mode the installation's, in one transaction or not at all."""
    kept = session.get(InstallationFact, _MODE, with_for_update=True)
    if kept is None or kept.value != before:
        stored = kept.value if kept else "none yet"
        raise Conflict(f"This database is in payment mode {stored}, not in {before}.")
    _at_rest(session, before, now)
    balances = session.scalars(
        select(Balance).where(Balance.mode == before, Balance.book == "live")
    ).all()
    trial = sum(_bring_trial(session, each, after, now) for each in balances)
    session.execute(
        update(InstallationFact).where(InstallationFact.name == _MODE).values(value=after)
    )
    behind = sum(each.included + each.packs for each in balances)
    return Moved(len(balances), trial, behind)


def _at_rest(session: Session, mode: str, now: datetime) -> None:
    """Nothing may be running, and nobody may go on paying where nothing is counted any more."""
    held = session.scalar(select(func.sum(Balance.held)).where(Balance.mode == mode)) or 0
    held -= bought.frozen(session, mode)  # what disputes hold stays behind with its payment
    if held:
        raise Conflict(
            f"{held} tokens are held by runs at work.",
            hint="Stop the web, let the workers finish, and try again.",
        )
    if waiting := session.scalar(_waiting()):
        raise Conflict(
            f"{waiting} notices of payments or reports of overage wait for a worker.",
            hint="Stop the web, let the workers finish, and try again.",
        )
    if mode == _LIVE and (pages := session.scalar(_open_pages(mode, now))):
        raise Conflict(
            f"{pages} pages are open where somebody may still pay, and would get nothing.",
            hint="Stop the web, and expire them at Stripe or wait: none stays open for a day.",
        )
    plans = select(func.count()).where(
        BillingAccount.mode == mode, BillingAccount.status.in_(LIVING)
    )
    if mode.startswith("stripe_") and (alive := session.scalar(plans)):
        raise Conflict(
            f"{alive} organizations pay for a plan in mode {mode}.",
            hint="Cancel their subscriptions at Stripe first: they would pay and get nothing.",
        )


def _waiting() -> Select[int]:
    """Applied in another mode, what was paid would be nobody's."""
    about_money = Work.kind.in_((notices.KIND, metering.KIND)), Work.ended_at.is_(None)
    return select(func.count()).select_from(Work).where(*about_money)


def _open_pages(mode: str, now: datetime) -> Select[int]:
    return (
        select(func.count())
        .select_from(Purchase)
        .where(
            Purchase.mode == mode,
            Purchase.checkout_id.is_not(None),
            Purchase.paid_at.is_(None),
            Purchase.returned_at.is_(None),
            Purchase.expires_at > now - LAST_HOUR,
        )
    )


def _bring_trial(session: Session, balance: Balance, after: str, now: datetime) -> int:
    """A trial was given once for ever, so it is taken along."""
    if not balance.trial:
        return 0
    tokens, organization_id = balance.trial, balance.organization_id
    cause = f"moved:{balance.mode}:{after}:{organization_id}:{clock.milliseconds(now)}"
    old, new = (Wallet(organization_id, "live", mode) for mode in (balance.mode, after))
    reversals.reverse(session, old, Granted("trial", None), tokens, cause=f"{cause}:out", now=now)
    ledger.grant(session, new, "trial", tokens, cause=f"{cause}:in", now=now)
    return tokens
