"""Money that goes back: refunds take their part of the tokens, disputes freeze what is left.

What is taken follows from the payment as it stands, whichever of both was heard of first.
"""

from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import entries, reversals
from app.domain.billing import ended
from app.domain.billing.records import Dispute, Paid
from app.domain.reversals import Granted
from app.domain.wallets import Wallet
from app.models.billing import LedgerEntry
from app.models.payments import Payment

_DAY = timedelta(days=1)


def apply(session: Session, wallet: Wallet, kept: Payment, paid: Paid, now: datetime) -> None:
    """Bring a payment's tokens in line with what of its money is still here."""
    _failed(session, wallet, kept, paid, now)
    _refunds(session, wallet, kept, paid, now)
    if paid.dispute is not None:
        _disputed(session, wallet, kept, paid, paid.dispute, now)
    session.flush()


def _refunds(session: Session, wallet: Wallet, kept: Payment, paid: Paid, now: datetime) -> None:
    """Part by part of what was paid, rounded so that the last part takes the last token."""
    returned = 0
    for refund in sorted(paid.refunds, key=lambda each: (each.made_at, each.id)):
        before = _share(kept, returned, paid.usd_micros)
        returned += refund.usd_micros
        part = _share(kept, returned, paid.usd_micros) - before
        tokens = min(part, kept.tokens - kept.reversed_tokens)  # a lost dispute took the others
        freed = reversals.reverse(
            session, wallet, _granted(kept), tokens,
            cause=f"refund:{kept.id}:{refund.id}", now=now, frozen=kept.frozen_tokens,
            owed_over=ended.owed(session, wallet, kept, tokens),
        )  # fmt: skip
        if freed is not None:
            kept.frozen_tokens -= freed
            kept.reversed_tokens += tokens
    kept.refunded_micros = returned


def _failed(session: Session, wallet: Wallet, kept: Payment, paid: Paid, now: datetime) -> None:
    """A refund that the bank did not take is none: what it took comes back."""
    known = {f"refund:{kept.id}:{each.id}" for each in paid.refunds}
    written = select(LedgerEntry.cause).where(
        *entries.of(wallet),
        LedgerEntry.created_at >= kept.paid_at - _DAY,  # clocks of two workers differ
        LedgerEntry.kind == "reversal",
        LedgerEntry.cause.startswith(f"refund:{kept.id}:"),
    )
    for cause in set(session.scalars(written)) - known:
        tokens = reversals.undo(session, wallet, _granted(kept), cause=cause, now=now)
        kept.reversed_tokens -= tokens


def _disputed(
    session: Session, wallet: Wallet, kept: Payment, paid: Paid, dispute: Dispute, now: datetime
) -> None:
    """Open, it freezes what is left; won, that comes back; lost, all that was left goes."""
    granted, cause = _granted(kept), f"dispute:{kept.id}:{dispute.id}"
    left = min(kept.tokens - kept.reversed_tokens, _disputed_tokens(kept, dispute, paid))
    if dispute.status == "open":
        kept.dispute = "open"
        kept.frozen_tokens += reversals.freeze(session, wallet, granted, left, cause=cause, now=now)
        return
    if kept.dispute == dispute.status:
        return
    reversals.thaw(session, wallet, granted, kept.frozen_tokens, cause=cause, now=now)
    kept.dispute, kept.frozen_tokens = dispute.status, 0
    if dispute.status == "lost":
        spent = ended.owed(session, wallet, kept, left)
        reversals.reverse(session, wallet, granted, left, cause=cause, now=now, owed_over=spent)
        kept.reversed_tokens += left


def _disputed_tokens(kept: Payment, dispute: Dispute, paid: Paid) -> int:
    """A part of a payment may be disputed: from what was not refunded of it on."""
    if dispute.usd_micros is None:
        return kept.tokens
    up_to = kept.refunded_micros + dispute.usd_micros
    return _share(kept, up_to, paid.usd_micros) - _share(
        kept, kept.refunded_micros, paid.usd_micros
    )


def _share(kept: Payment, micros: int, of: int) -> int:
    """The tokens that so much of the money stands for."""
    return min(kept.tokens, ceil(Fraction(kept.tokens * micros, of))) if of else 0


def _granted(kept: Payment) -> Granted:
    return Granted(kept.bucket, kept.period_start)
