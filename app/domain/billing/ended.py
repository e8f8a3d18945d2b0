"""What was spent of a period that is over, of tokens whose money goes back after its end."""

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.domain import entries
from app.domain.wallets import Wallet
from app.models.billing import LedgerEntry
from app.models.payments import Debt, Payment


def owed(session: Session, wallet: Wallet, kept: Payment, tokens: int) -> int:
    """How many of these tokens are owed: those beyond what ended unused with the period.

    All payments of a period share what ended unused: an upgrade brings a second one.
    """
    if kept.period_start is None:
        return 0
    session.flush()
    payments = session.scalars(_of_its_period(kept)).all()
    reversed_ = sum(each.reversed_tokens for each in payments)
    causes = [f"{kind}:{each.id}:" for each in payments for kind in ("refund", "dispute")]
    taken = _moved(session, wallet, kept, "reversal", causes) + _moved(
        session, wallet, kept, "refund", [f"undone:{cause}" for cause in causes]
    )
    unused = _moved(session, wallet, kept, "expiry")
    used_up = reversed_ - taken - _debts(session, causes)  # of what ended unused, by earlier ones
    return max(0, tokens - max(0, unused - used_up))


def _of_its_period(kept: Payment) -> Select[Payment]:
    return select(Payment).where(
        Payment.organization_id == kept.organization_id,
        Payment.mode == kept.mode,
        Payment.bucket == "included",
        Payment.period_start == kept.period_start,
    )


def _moved(
    session: Session, wallet: Wallet, kept: Payment, kind: str, causes: list[str] | None = None
) -> int:
    """Tokens that left a period's bucket by a kind of entry, by these causes alone."""
    left = select(func.coalesce(-func.sum(LedgerEntry.tokens), 0)).where(
        *entries.of(wallet),
        LedgerEntry.created_at >= kept.period_start,
        LedgerEntry.bucket == "included",
        LedgerEntry.period_start == kept.period_start,
        LedgerEntry.kind == kind,
    )
    if causes is not None:
        left = left.where(or_(*(LedgerEntry.cause.startswith(cause) for cause in causes)))
    return int(session.scalar(left) or 0)


def _debts(session: Session, causes: list[str]) -> int:
    owed_for = or_(*(Debt.cause.startswith(cause) for cause in causes))
    return int(session.scalar(select(func.coalesce(func.sum(Debt.tokens), 0)).where(owed_for)) or 0)
