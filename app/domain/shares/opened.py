"""A link is opened by whoever has it."""

import re
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from app.db import changed
from app.domain.shares import PREFIX, living
from app.kit import secrets
from app.models.accounts import Organization
from app.models.runs import Comparison, Run
from app.models.shares import ShareLink

_FORM = re.compile(rf"{PREFIX}[\w-]{{43}}", re.ASCII)


class Opened(NamedTuple):
    """What a living link shows."""

    organization_id: str
    run_id: str


def look(session: Session, secret: str, now: datetime) -> Opened | None:
    """What a link shows; spent, revoked, foreign and made-up ones are the same.

    One of an organization that is being deleted shows nothing until that is undone.
    """
    if not _FORM.fullmatch(secret):
        return None
    row = session.execute(
        select(ShareLink.organization_id, ShareLink.run_id)
        .join(Run, Run.id == ShareLink.run_id)
        .join(Organization, Organization.id == ShareLink.organization_id)
        .outerjoin(Comparison, Comparison.id == Run.comparison_id)
        .where(
            ShareLink.digest == secrets.digest(secret),
            *living(now),
            Organization.deleted_at.is_(None),
            Organization.suspended_at.is_(None),
            Organization.deletion_due_at.is_(None),
            Run.status == "complete",
            Run.text_deleted_at.is_(None),
            or_(Run.comparison_id.is_(None), Comparison.completed_at.is_not(None)),
        )
    ).first()
    return None if row is None else Opened(*row)


def count(session: Session, secret: str, now: datetime) -> bool:
    """Write down that a link was opened; whether it still lives."""
    opened = update(ShareLink).where(ShareLink.digest == secrets.digest(secret), *living(now))
    values = {"opens": ShareLink.opens + 1, "last_opened_at": now}
    return changed(session, opened.values(values)) == 1
