"""Reads what a finished run found, and the reactions behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain.panel.shapes import Json, Synthesis
from app.domain.runs import texts
from app.models.runs import Comparison, Run, StoredReaction


@dataclass(frozen=True, slots=True)
class Findings:
    """A complete run's synthesis, as it was stored."""

    audience: str | None
    report: Json
    stats: Json
    archetypes: list[Json]
    validity: Json
    read_as: str | None  # the group we know that is meant; what is older says nothing of it
    sure: float | None  # that it is meant, 0 to 1


def is_ready(session: Session, run: Run) -> bool:
    """Whether a run's report may be read; a variant's with its comparison, and never for nothing.

    Until the comparison ends another variant may still fail, and then all of them are refunded.
    """
    texts.require(run)
    if run.status != "complete" or run.comparison_id is None:
        return run.status == "complete"
    return session.get_one(Comparison, run.comparison_id).completed_at is not None


def is_cut(run: Run) -> bool:
    """Whether there was more of a page than was read."""
    return bool((run.page or {}).get("cut"))


def findings(run: Run) -> Findings:
    """The findings of a complete run."""
    return told(run.audience, run.synthesis or {})


def told(audience: str | None, kept: Json) -> Findings:
    """A synthesis as it was stored, for an audience that was asked or read from the content."""
    return Findings(
        audience or kept["audience"].get("text"),
        kept["report"],
        kept["stats"],
        kept["archetypes"],
        kept["validity"],
        kept["audience"].get("read_as"),
        kept["audience"].get("confidence"),
    )


def room(synthesis: Synthesis) -> list[int]:
    """How many people sit in each segment of a report; together they are all who reacted."""
    return [len(synthesis.members[each["name"]]) for each in synthesis.report["segments"]]


def sample(session: Session, run: Run, size: int) -> list[Json]:
    """A few reactions over the whole panel, every quoted persona among them."""
    quoted = set(run.synthesis["quoted"]) if run.synthesis else set()
    seats = list(range(1, run.persona_count + 1))
    step = max(1, len(seats) // size)
    spread = [seat for seat in seats[::step] if seat not in quoted]
    chosen = sorted([*quoted, *spread[: max(0, size - len(quoted))]])
    return _shown(session, _rows(run.id).where(StoredReaction.seat.in_(chosen)))


def page(session: Session, run_id: str, offset: int, limit: int) -> list[Json]:
    """Reactions by seat."""
    return _shown(session, _rows(run_id).offset(offset).limit(limit))


def _rows(run_id: str) -> Select[tuple[Any, Any]]:
    return (
        select(StoredReaction.persona, StoredReaction.body)
        .where(StoredReaction.run_id == run_id)
        .order_by(StoredReaction.seat)
    )


def _shown(session: Session, rows: Select[tuple[Any, Any]]) -> list[Json]:
    found: Sequence[Any] = session.execute(rows).all()
    return [{"persona": persona, **body} for persona, body in found]
