"""Links as their organization sees them, with how often each was opened."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain.shares import living
from app.kit.plain import plain
from app.models.accounts import User
from app.models.runs import Run
from app.models.shares import ShareLink

PAGE = 50


class Share(NamedTuple):
    """A link as its organization sees it; the link itself was shown once."""

    id: str
    run_id: str
    label: str | None
    user_id: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    opens: int
    last_opened_at: datetime | None

    @property
    def title(self) -> str:
        """What the report is called, fit to be shown."""
        return plain(self.label or self.run_id)


def of_run(session: Session, run_id: str, now: datetime) -> list[Share]:
    """The living links to a run, newest first; at most a page of them."""
    working = _shares().where(ShareLink.run_id == run_id, *living(now))
    return [Share(*row) for row in session.execute(working.limit(PAGE))]


def of_organization(
    session: Session, organization_id: str, before: str | None
) -> tuple[list[Share], str | None]:
    """Every link of an organization, ended ones too, and where the next page begins."""
    mine = _shares().where(ShareLink.organization_id == organization_id)
    if before:
        mine = mine.where(ShareLink.id < before)
    rows = [Share(*row) for row in session.execute(mine.limit(PAGE + 1))]
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def _shares() -> Select[*tuple[Any, ...]]:
    return (
        select(
            ShareLink.id,
            ShareLink.run_id,
            Run.label,
            ShareLink.user_id,
            User.email,
            ShareLink.created_at,
            ShareLink.expires_at,
            ShareLink.revoked_at,
            ShareLink.opens,
            ShareLink.last_opened_at,
        )
        .join(Run, Run.id == ShareLink.run_id)
        .join(User, User.id == ShareLink.user_id)
        .order_by(ShareLink.id.desc())
    )
