"""Who reacted last in runs that still go on."""

from collections.abc import Sequence
from itertools import zip_longest

from sqlalchemy import Subquery, select, union_all
from sqlalchemy.orm import Session

from app.domain.report.seats import Seat
from app.models.runs import StoredReaction


def newest(session: Session, run_ids: Sequence[str], most: int) -> list[tuple[str, Seat]]:
    """A few of those who reacted last, each with their run; of several runs in turn."""
    # Each part ends after so many rows, however many people a run has.
    parts = union_all(*(select(_last(run_id, most)) for run_id in run_ids))
    found: dict[str, list[Seat]] = {run_id: [] for run_id in run_ids}
    for run_id, number, persona, body in session.execute(parts):
        found[run_id].append(Seat(number, persona, body))
    for seats in found.values():  # a union keeps no order
        seats.sort(key=lambda seat: seat.number, reverse=True)
    turns = zip_longest(*found.values())
    return [each for turn in turns for each in zip(found, turn, strict=True) if each[1]][:most]


def _last(run_id: str, most: int) -> Subquery:
    return (
        select(
            StoredReaction.run_id, StoredReaction.seat, StoredReaction.persona, StoredReaction.body
        )
        .where(StoredReaction.run_id == run_id)
        .order_by(StoredReaction.seat.desc())
        .limit(most)
        .subquery()
    )
