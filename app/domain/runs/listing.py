"""The list of an organization's runs and comparisons: filtered, and paged by where a row stands.

Runs by themselves and comparisons are two tables whose ids sort by time; a page takes the newest of
each and merges them, so that it reads as many rows as it shows, however many there are.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.runs import listed, narrowing
from app.domain.runs.listed import Listed, Pending
from app.domain.runs.narrowing import Cut, Filter
from app.kit import clock, ids
from app.models.runs import Comparison, Run


class Page(NamedTuple):
    """Some rows, newest first, and where the next ones begin."""

    rows: list[Listed]
    newer: str | None
    older: str | None
    looked_back_to: datetime | None = None  # texts further back were not looked into


class _Part(NamedTuple):
    rows: Sequence[Listed | Pending]
    end: str | None  # how far texts were looked into, where that was not to the end


def page(session: Session, wanted: Filter, cut: Cut, limit: int) -> Page:
    """One page of the list."""
    parts = (_runs(session, wanted, cut, limit), _comparisons(session, wanted, cut, limit))
    rows = sorted((row for part in parts for row in part.rows), key=_place, reverse=not cut.back)
    end = cut.nearest([part.end for part in parts if part.end is not None])
    if end is not None:  # beyond it only one of the two was looked through
        rows = [row for row in rows if not cut.beyond(row.place, end)]
    more, rows = len(rows) > limit, rows[:limit]
    further = rows[-1].place if more else end
    shown = listed.whole(session, rows)
    if cut.back:
        return Page(shown[::-1], further, rows[0].place if rows else None)
    newer = (rows[0].place if rows else cut.place) if cut.place else None
    return Page(shown, newer, further, None if more or end is None else _moment(end))


def some(session: Session, organization_id: str, chosen: Sequence[str]) -> list[Listed]:
    """These rows as they stand now; what is not the organization's is left out."""
    runs = listed.RUNS.where(Run.organization_id == organization_id, Run.id.in_(chosen))
    pairs = listed.COMPARISONS.where(
        Comparison.organization_id == organization_id, Comparison.id.in_(chosen)
    )
    found: list[Listed | Pending] = [*listed.runs(session, runs)]
    return listed.whole(session, [*found, *listed.comparisons(session, pairs)])


def _runs(session: Session, wanted: Filter, cut: Cut, limit: int) -> _Part:
    chosen = [*narrowing.chosen(Run, wanted), Run.comparison_id.is_(None), *cut.of(Run)]
    order = cut.order(Run)
    end = narrowing.end(session, Run, chosen, order) if wanted.text else None
    if wanted.text:
        chosen += narrowing.looked(Run, cut, end)
        chosen.append(narrowing.holds(wanted.text, Run.label, Run.content, Run.url))
    statement = listed.RUNS.where(*chosen).order_by(order).limit(limit + 1)
    return _Part(listed.runs(session, statement), end and _tail(end))


def _comparisons(session: Session, wanted: Filter, cut: Cut, limit: int) -> _Part:
    chosen = [*narrowing.chosen(Comparison, wanted), *cut.of(Comparison)]
    order = cut.order(Comparison)
    end = narrowing.end(session, Comparison, chosen, order) if wanted.text else None
    if wanted.text:
        texts = narrowing.holds(wanted.text, Run.content, Run.url)
        variant = select(Run.id).where(Run.comparison_id == Comparison.id, texts).exists()
        chosen += narrowing.looked(Comparison, cut, end)
        chosen.append(or_(narrowing.holds(wanted.text, Comparison.label), variant))
    statement = listed.COMPARISONS.where(*chosen).order_by(order).limit(limit + 1)
    return _Part(listed.comparisons(session, statement), end and _tail(end))


def _place(row: Listed | Pending) -> str:
    return row.place


def _tail(id_: str) -> str:
    return id_.partition("_")[2]


def _moment(place: str) -> datetime:
    return clock.from_milliseconds(ids.moment_of(f"run_{place}"))
