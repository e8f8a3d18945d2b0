"""The same key twice is the same request: the first answer is given again."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain.callers import Caller
from app.errors import Conflict
from app.models.billing import IdempotentAnswer

KEPT = timedelta(days=30)

Answer = dict[str, Any]


def once(
    session: Session,
    caller: Caller,
    tool: str,
    key: str | None,
    given: Answer,
    make: Callable[[], Answer],
    now: datetime,
) -> Answer:
    """Make an answer, or give the one this key got before.

    A twin that arrives during the first call waits for its transaction: on the row's key in
    PostgreSQL, on the writer's lock in SQLite. A refusal rolls the row back, so none is remembered.
    """
    if key is None:
        return make()
    row = _key(caller, tool, key)
    statement = (
        insert(session, IdempotentAnswer)
        .values(**row, input_digest=_digest(given), created_at=now)
        .on_conflict_do_nothing()
    )
    if changed(session, statement) == 0:
        return _remembered(session, row, given)
    answer = make()
    session.execute(update(IdempotentAnswer).filter_by(**row).values(answer=answer))
    return answer


def is_used(session: Session, caller: Caller, tool: str, key: str | None) -> bool:
    """Whether a call was answered under this key already; a first one under way is not seen."""
    if key is None:
        return False
    row = select(IdempotentAnswer.key).filter_by(**_key(caller, tool, key))
    return session.scalar(row) is not None


def forget_old(session: Session, now: datetime) -> int:
    """Drop answers past their time."""
    return changed(
        session, delete(IdempotentAnswer).where(IdempotentAnswer.created_at < now - KEPT)
    )


def _remembered(session: Session, row: dict[str, str], given: Answer) -> Answer:
    stored = session.scalars(select(IdempotentAnswer).filter_by(**row)).one()
    if stored.input_digest != _digest(given):
        raise Conflict(
            "This idempotency_key was used for another request.",
            hint="Use a new key for a new request; repeat the old one word for word.",
        )
    return cast("Answer", stored.answer)


def _key(caller: Caller, tool: str, key: str) -> dict[str, str]:
    return {
        "organization_id": caller.organization_id,
        "book": caller.book,
        "tool": tool,
        "key": key,
    }


def _digest(given: Answer) -> bytes:
    text = json.dumps(given, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()
