"""Letters to owners when overage has used half, four fifths and all of its cap."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain import mails, owners, wallets
from app.domain.wallets import Wallet
from app.kit import clock
from app.kit.money import usd
from app.models.accounts import Organization
from app.models.limits import LimitReached

THRESHOLDS = (50, 80, 100)  # per cent of the cap


def crossed(before_micros: int, after_micros: int, cap_micros: int) -> tuple[int, ...]:
    """The thresholds that were ahead before and are reached now."""
    return tuple(
        threshold
        for threshold in THRESHOLDS
        if before_micros * 100 < cap_micros * threshold <= after_micros * 100
    )


def note(
    session: Session,
    wallet: Wallet,
    before_micros: int,
    after_micros: int,
    cap_micros: int,
    now: datetime,
) -> tuple[int, ...]:
    """Tell owners of each threshold once a period and cap; gives those nobody was told of before.

    Of several that are reached at once the letter names the highest.
    """
    reached = crossed(before_micros, after_micros, cap_micros)
    if not reached:
        return ()
    standing = wallets.standing(session, wallet, now)
    period, until = standing.period(wallet.book, now), standing.period_ends(wallet.book, now)
    new = tuple(each for each in reached if _first(session, wallet, each, cap_micros, period, now))
    if new:
        _tell(session, wallet, max(new), after_micros, cap_micros, until, now)
    return new


def _first(
    session: Session,
    wallet: Wallet,
    threshold: int,
    cap_micros: int,
    period: datetime,
    now: datetime,
) -> bool:
    """Whether nobody was told yet; kept beside the limits that stopped somebody."""
    statement = insert(session, LimitReached).values(
        subject=f"cap:{threshold}:{wallet.organization_id}",
        book=wallet.book,
        period_start=period,
        amount=cap_micros,
        organization_id=wallet.organization_id,
        credential_id="",  # all of them together
        at=now,
    )
    return changed(session, statement.on_conflict_do_nothing()) == 1


def _tell(
    session: Session,
    wallet: Wallet,
    threshold: int,
    used: int,
    cap: int,
    until: datetime,
    now: datetime,
) -> None:
    facts = {
        "share": threshold,
        "used": usd(used),
        "cap": usd(cap),
        "organization": session.get_one(Organization, wallet.organization_id).name,
        "until": f"{until:%-d %B %Y}",
        "at": clock.iso(now),
    }
    purpose = "cap_used_up" if threshold == THRESHOLDS[-1] else "cap_share"
    for address in owners.addresses(session, wallet.organization_id):
        mails.record(session, purpose, address, facts, now)
