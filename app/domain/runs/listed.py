"""A run or a comparison as one row of a list, and how it is read from the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from app.domain.runs import titles
from app.domain.runs.outcome import OVER
from app.models.runs import Comparison, Run

_READ = 300  # characters of a text: enough for its first words


class Listed(NamedTuple):
    """One row: a run, or a comparison with what its variants add up to."""

    id: str
    title: str
    content_type: str
    people: int  # of one panel
    done: int
    variants: int  # 0: a run by itself
    detail: str
    state: str  # pending | running | synthesizing | complete | failed | cancelled
    tokens: int  # the whole price
    refunded: int
    room: Sequence[int] | None  # people in each segment; of a comparison: its winner's
    winner: int | None  # a comparison's, from 0
    failure: str | None
    subject: str | None
    user_id: str | None
    book: str
    created_at: datetime

    @property
    def place(self) -> str:
        """Where it stands in a list of both kinds: ids of each sort by the time they were made."""
        return self.id.partition("_")[2]

    @property
    def is_over(self) -> bool:
        """Whether nothing of it will change."""
        return self.state in OVER

    @property
    def spent(self) -> int:
        """What it cost, or may cost while it goes on."""
        return self.tokens - self.refunded


class Pending(NamedTuple):
    """A comparison that is known to be listed before it is known to be shown."""

    row: Row[Any]

    @property
    def place(self) -> str:
        """Where it stands among runs and comparisons."""
        return str(self.row.id).partition("_")[2]


RUNS = select(
    Run.id, Run.label, Run.url, func.substr(Run.content, 1, _READ), Run.content_type,
    Run.persona_count, Run.personas_done, Run.detail, Run.status, Run.tokens, Run.refunded_tokens,
    Run.room, Run.failure_message, Run.subject, Run.user_id, Run.book, Run.created_at,
)  # fmt: skip
COMPARISONS = select(
    Comparison.id, Comparison.label, Comparison.status, Comparison.result, Comparison.subject,
    Comparison.user_id, Comparison.book, Comparison.created_at,
)  # fmt: skip


def runs(session: Session, statement: Select[Any]) -> list[Listed]:
    """The rows of a choice of `RUNS`."""
    return [_run(row) for row in session.execute(statement)]


def comparisons(session: Session, statement: Select[Any]) -> list[Pending]:
    """The rows of a choice of `COMPARISONS`, their variants not yet read."""
    return [Pending(row) for row in session.execute(statement)]


def whole(session: Session, rows: Sequence[Listed | Pending]) -> list[Listed]:
    """The same rows, with the variants of all their comparisons read at once."""
    variants = _variants(session, [each.row.id for each in rows if isinstance(each, Pending)])
    return [
        _comparison(each.row, variants[each.row.id]) if isinstance(each, Pending) else each
        for each in rows
    ]


def _run(row: Sequence[Any]) -> Listed:
    id_, label, url, text, kind, people, done, detail, state, tokens, refunded, *rest = row
    room, failure, subject, user_id, book, created = rest
    facts = (people, done, 0, detail, state, tokens, refunded, room, None)
    return Listed(
        id_, titles.title(label, url, text), kind, *facts, failure, subject, user_id, book, created
    )


def _comparison(row: Row[Any], variants: Sequence[Listed]) -> Listed:
    first = variants[0]
    chosen = (row.result or {}).get("winner_run_id")
    winner = next((place for place, each in enumerate(variants) if each.id == chosen), None)
    return first._replace(
        id=row.id,
        title=titles.of_comparison(row.label, first.title),
        done=sum(each.done for each in variants),
        variants=len(variants),
        state=row.status,
        tokens=sum(each.tokens for each in variants),
        refunded=sum(each.refunded for each in variants),
        room=None if winner is None else variants[winner].room,
        winner=winner,
        subject=row.subject,
        user_id=row.user_id,
        created_at=row.created_at,
    )


def _variants(session: Session, ids: Sequence[str]) -> dict[str, list[Listed]]:
    statement = RUNS.add_columns(Run.comparison_id).where(Run.comparison_id.in_(ids))
    found: dict[str, list[Listed]] = {id_: [] for id_ in ids}
    for row in session.execute(statement.order_by(Run.variant)):
        found[row[-1]].append(_run(row[:-1]))
    return found
