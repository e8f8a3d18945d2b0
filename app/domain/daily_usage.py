"""Keeps what was charged summed by day, credential and person, in the charge's own transaction."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import insert
from app.domain.wallets import Wallet
from app.kit import clock
from app.models.limits import SpendPart
from app.models.usage import DailyUsage

_KEY = ("organization_id", "book", "mode", "day", "subject", "user_id")


def add(session: Session, wallet: Wallet, cause: str, tokens: int, now: datetime) -> None:
    """Count what a cause was charged; the wallet is locked, so nobody else writes its rows."""
    if not tokens:
        return
    spender = select(SpendPart.subject, SpendPart.user_id).where(SpendPart.cause == cause)
    subject, user_id = session.execute(spender).first() or ("", None)
    statement = insert(session, DailyUsage).values(
        organization_id=wallet.organization_id,
        book=wallet.book,
        mode=wallet.mode,
        day=clock.day_start(now),
        subject=subject,
        user_id=user_id or "",
        tokens=tokens,
        charges=1,
    )
    more = {"tokens": DailyUsage.tokens + tokens, "charges": DailyUsage.charges + 1}
    session.execute(statement.on_conflict_do_update(index_elements=_KEY, set_=more))
