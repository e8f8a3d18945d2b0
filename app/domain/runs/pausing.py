"""Stops an organization whose runs keep failing after they had begun, and not through us.

Such a run costs its organization nothing and us a panel; five within an hour are no accident.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.domain.limits import RateLimited
from app.kit import clock
from app.models.accounts import Organization
from app.models.runs import Run

FAILURES = 5
WITHIN = timedelta(hours=1)
PAUSE = timedelta(hours=1)
ENGINE = "engine_unavailable"  # what died without a word for people
REFUNDED = "refunded"  # by the operator
# The engine's, a provider's, the database's.
OURS = (ENGINE, "visual_unavailable", "rate_limited", "unavailable", REFUNDED)


def ours(code: str | None) -> bool:
    """Whether a failure is ours, and not of what was sent; one without a code is."""
    return code is None or code in OURS


def refuse_while_paused(session: Session, organization_id: str, now: datetime) -> None:
    """Raise `RateLimited` with the seconds that are left of a pause."""
    ends = until(session, organization_id, now)
    if ends is not None:
        raise RateLimited(
            f"Runs of this organization are paused until {clock.iso(ends)}: {FAILURES} within an "
            "hour failed after they had begun.",
            hint="Check the content you send, then try again.",
            retry_after_s=int((ends - now).total_seconds()) + 1,
        )


def until(session: Session, organization_id: str, now: datetime) -> datetime | None:
    """When a pause ends, while there is one."""
    ends = session.get_one(Organization, organization_id).runs_paused_until
    return ends if ends is not None and now < ends else None


def after_failure(session: Session, run: Run, now: datetime) -> None:
    """Pause the organization where this is the last failure too many; a comparison counts once."""
    if ours(run.failure_code) or not run.personas_done:
        return
    failures = select(func.count(func.distinct(func.coalesce(Run.comparison_id, Run.id)))).where(
        Run.organization_id == run.organization_id,
        Run.status == "failed",
        Run.completed_at > now - WITHIN,
        Run.personas_done > 0,
        Run.failure_code.not_in(OURS),
    )
    if (session.scalar(failures) or 0) >= FAILURES:
        paused = update(Organization).where(Organization.id == run.organization_id)
        session.execute(paused.values(runs_paused_until=now + PAUSE))
