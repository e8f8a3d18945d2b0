"""Gives a trial that was owed since a day that had given everything away."""

from sqlalchemy.orm import Session

from app import outbox
from app.bootstrap import Services
from app.domain import owed_trials
from app.kit import clock
from app.outbox import Claim
from app.worker.jobs.base import Failure, Handler


def run(services: Services, claim: Claim) -> None:
    """Give it, or owe it for another day."""
    settings, now = services.settings, clock.now()
    with services.transaction() as session:
        if outbox.finish(session, claim, now):
            owed_trials.settle(
                session,
                claim.payload,
                settings.payment_mode,
                per_day=settings.trial_tokens_per_day,
                now=now,
            )


def gave_up(_session: Session, _claim: Claim, _why: Failure) -> None:
    """Nothing was held for it; the failure stands in the row, for the operator to see."""


HANDLER = Handler(run, gave_up)
