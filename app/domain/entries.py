"""Writes ledger entries, each once: the only file that inserts into the ledger."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain.wallets import Wallet
from app.kit import ids
from app.models.billing import LedgerEntry


@dataclass(frozen=True, slots=True)
class Movement:
    """Tokens moved in one bucket; signed as the ledger signs them."""

    bucket: str
    kind: str
    tokens: int
    usd_micros: int = 0
    period_start: datetime | None = None


def of(wallet: Wallet) -> tuple[ColumnElement[bool], ...]:
    """The condition that names a wallet's entries."""
    return (
        LedgerEntry.organization_id == wallet.organization_id,
        LedgerEntry.book == wallet.book,
        LedgerEntry.mode == wallet.mode,
    )


def write(
    session: Session, wallet: Wallet, cause: str, movement: Movement, now: datetime
) -> str | None:
    """Add an entry under the key cause:kind:bucket; gives its id, None where it stands already."""
    entry_id = ids.new("ent")
    statement = (
        insert(session, LedgerEntry)
        .values(
            id=entry_id,
            organization_id=wallet.organization_id,
            book=wallet.book,
            mode=wallet.mode,
            bucket=movement.bucket,
            kind=movement.kind,
            tokens=movement.tokens,
            usd_micros=movement.usd_micros,
            cause=cause,
            key=f"{cause}:{movement.kind}:{movement.bucket}",
            period_start=movement.period_start,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["key"])
    )
    return entry_id if changed(session, statement) else None
