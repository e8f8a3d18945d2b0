"""Lets an organization's plan and open pages follow its deletion, the undoing of it, or a stop."""

from datetime import datetime

from sqlalchemy.orm import Session

from app import outbox
from app.bootstrap import Services
from app.domain.billing import purchases, reporting, winding
from app.domain.billing.biller import BillerAway
from app.domain.billing.winding import Due
from app.kit import clock, logs
from app.outbox import Claim
from app.worker.jobs.base import Failure, Handler

_log = logs.logger("payments")


def run(services: Services, claim: Claim) -> None:
    """Ask the provider for what follows from how the organization is now.

    What it could still buy at an open page it is not to buy any more. That comes last: a page that
    is being paid at cannot be closed, and its plan is not to renew meanwhile.
    """
    organization_id, mode = claim.payload["organization_id"], services.settings.payment_mode
    with services.database.reading() as session:
        due = winding.due(session, organization_id, mode)
        nameless = winding.nameless(session, organization_id, mode)
        pages = purchases.left_open(session, organization_id, mode, clock.now())
    try:
        if due is not None:
            _follow(services, organization_id, due)
        if nameless is not None:
            services.biller().rename(nameless, "Deleted organization", None)
        services.till.close(pages, clock.now())
    except BillerAway as away:
        _later(services, claim, away)
        return
    with services.transaction() as session:
        outbox.finish(session, claim, clock.now())


def _follow(services: Services, organization_id: str, due: Due) -> None:
    """That an end is ours is known before it is asked for: the answer may be lost."""
    mode = services.settings.payment_mode
    if due.act == "end_at_end":
        with services.transaction() as session:
            winding.remember(session, organization_id, mode, ours=True)
    if due.act == "end_now":  # it bills what was used, and nothing that is told later
        reporting.report_all(services.till, organization_id, clock.now())
    _ask(services, due)
    if due.act == "keep":
        with services.transaction() as session:
            winding.remember(session, organization_id, mode, ours=False)
    services.till.refresh(organization_id, clock.now())


def _later(services: Services, claim: Claim, away: BillerAway) -> None:
    until = datetime.fromisoformat(claim.payload["since"]) + winding.PATIENCE
    with services.transaction() as session:
        if not outbox.postpone(session, claim, clock.now(), away.message, until):
            gave_up(session, claim, Failure(away.code, away.message))


def _ask(services: Services, due: Due) -> None:
    biller = services.biller()
    if due.act == "end_now":
        biller.end_now(due.subscription_id, refund=False)
    elif due.act == "keep":
        biller.keep(due.subscription_id)
    else:
        biller.end_at_end(due.subscription_id)


def gave_up(_session: Session, claim: Claim, why: Failure) -> None:
    """The plan goes on renewing until the operator, who reads of it here, ends it by hand."""
    _log.error(
        "payments.plan_not_ended", organization=claim.payload["organization_id"], why=why.message
    )


HANDLER = Handler(run, gave_up, failure="It could not be told or read.")
