"""Runs found by a part of their label."""

from typing import NamedTuple

from sqlalchemy import Select, Subquery, func, select, union_all
from sqlalchemy.orm import Session

from app.kit import ids
from app.models.runs import Run

_BOOKS = ("live", "test")
_LOOKED_THROUGH = 5000  # of a book's newest runs, so that no search reads them all


class Named(NamedTuple):
    """A run as a search shows it."""

    id: str
    label: str
    content_type: str
    status: str


def named(session: Session, organization_id: str, words: str, most: int) -> list[Named]:
    """The newest runs whose label holds some words; the whole of an id finds its run."""
    if ids.is_id("run", words):
        found = _facts(organization_id).where(Run.id == words)
    else:
        newest = union_all(*(select(_newest(organization_id, book)) for book in _BOOKS)).subquery()
        holds = func.lower(newest.c.label).contains(words.lower(), autoescape=True)
        found = select(newest).where(holds).order_by(newest.c.id.desc()).limit(most)
    rows = session.execute(found)
    return [Named(row.id, row.label or row.id, row.content_type, row.status) for row in rows]


def _newest(organization_id: str, book: str) -> Subquery:
    """One book at a time: that is how the index of the lists stands."""
    mine = _facts(organization_id).where(Run.book == book)
    return mine.order_by(Run.id.desc()).limit(_LOOKED_THROUGH).subquery()


def _facts(organization_id: str) -> Select[str, str | None, str, str]:
    facts = select(Run.id, Run.label, Run.content_type, Run.status)
    return facts.where(Run.organization_id == organization_id)
