"""Runs found by a part of their label."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kit import ids
from app.models.runs import Run

_LOOKED_THROUGH = 5000  # of an organization's newest runs, so that no search reads them all


class Named(NamedTuple):
    """A run as a search shows it."""

    id: str
    label: str
    content_type: str
    status: str


def named(session: Session, organization_id: str, words: str, most: int) -> list[Named]:
    """The newest runs whose label holds some words; the whole of an id finds its run."""
    newest = (
        select(Run.id, Run.label, Run.content_type, Run.status)
        .where(Run.organization_id == organization_id)
        .order_by(Run.id.desc())
        .limit(_LOOKED_THROUGH)
        .subquery()
    )
    holds = func.lower(newest.c.label).contains(words.lower(), autoescape=True)
    fits = newest.c.id == words if ids.is_id("run", words) else holds
    rows = session.execute(select(newest).where(fits).order_by(newest.c.id.desc()).limit(most))
    return [Named(row.id, row.label or row.id, row.content_type, row.status) for row in rows]
