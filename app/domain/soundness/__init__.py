"""Whether the data of an installation holds together: what is looked at, live and in a backup."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import Base
from app.domain.soundness import books, chains, holds, orphans, unattended
from app.models.audit import AuditEvent
from app.models.billing import LedgerEntry
from app.models.work import Work

_SHOWN = 100  # faults of one kind: whoever has more needs no list of them


class Looked(NamedTuple):
    """One thing that was looked at, how much of it there is, and what is wrong with it."""

    name: str
    rows: int
    faults: list[str]


def look(session: Session, now: datetime, *, at_rest: bool = False) -> list[Looked]:
    """Look at everything in one snapshot; at rest nobody works, so waiting work is no fault."""
    found = [
        Looked("file", 1, _some(orphans.damage(session))),
        Looked("ledger", _rows(session, LedgerEntry), _some(books.broken(session))),
        Looked("holds", holds.count(session), _some(holds.stuck(session))),
        Looked("audit", _rows(session, AuditEvent), _some(chains.broken(session))),
        Looked("references", orphans.count(), _some(orphans.found(session))),
    ]
    if not at_rest:
        work = unattended.found(session, now)
        found.append(Looked("work", _rows(session, Work), _some(work)))
    return found


def faults(found: Iterable[Looked]) -> list[str]:
    """All that is wrong, each fault under the name of what was looked at."""
    return [f"{each.name}: {fault}" for each in found for fault in each.faults]


def _rows(session: Session, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def _some(found: Iterator[str]) -> list[str]:
    return [fault for fault, _ in zip(found, range(_SHOWN), strict=False)]
