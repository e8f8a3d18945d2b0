"""Runs found by a part of their label."""

from typing import NamedTuple

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import Session

from app.domain.runs.status import shown
from app.kit import ids
from app.models.runs import Comparison, Run

_BOOKS = ("live", "test")
_LOOKED_THROUGH = 5000  # of a book's newest labels, so that no search reads them all


class Named(NamedTuple):
    """A run as a search shows it."""

    id: str
    label: str
    content_type: str
    status: str


def named(session: Session, organization_id: str, words: str, most: int) -> list[Named]:
    """The newest runs whose label holds some words; the whole of an id finds its run."""
    facts = select(Run.id, Run.label, Run.content_type, shown().label("status")).outerjoin(
        Comparison, Comparison.id == Run.comparison_id
    )
    if ids.is_id("run", words):
        found = facts.where(Run.organization_id == organization_id, Run.id == words)
    else:
        labels = union_all(*(_newest(organization_id, book) for book in _BOOKS)).subquery()
        holds = func.lower(labels.c.label).contains(words.lower(), autoescape=True)
        newest = select(labels.c.id).where(holds).order_by(labels.c.id.desc()).limit(most)
        # Whose they are is asked within: asked here too, SQLite reads all runs of theirs.
        found = facts.where(Run.id.in_(newest)).order_by(Run.id.desc())
    rows = session.execute(found)
    return [Named(row.id, row.label or row.id, row.content_type, row.status) for row in rows]


def _newest(organization_id: str, book: str) -> Select[str, str | None]:
    """One book at a time: that is how the index of labels stands, and nothing else is read."""
    mine = Run.organization_id == organization_id, Run.book == book, Run.label.is_not(None)
    labelled = select(Run.id, Run.label).where(*mine)
    newest = labelled.order_by(Run.id.desc()).limit(_LOOKED_THROUGH).subquery()
    return select(newest.c.id, newest.c.label)
