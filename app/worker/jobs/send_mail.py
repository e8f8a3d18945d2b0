"""Sends a letter; its link is minted here, so that it stands in no row in plain text."""

from sqlalchemy.orm import Session

from app import outbox
from app.adapters import mail
from app.bootstrap import Services
from app.domain import post
from app.domain.post import NotSent
from app.kit import clock, meters
from app.outbox import Claim
from app.worker.jobs.base import Failure, Handler


def run(services: Services, claim: Claim) -> None:
    """Mint, send outside any transaction, then end the work."""
    with services.transaction() as session:
        secret = post.link_for(session, claim.payload, clock.now())
    if secret is not None:
        _send(services, claim, secret)
    with services.transaction() as session:
        outbox.finish(session, claim, clock.now())


def gave_up(session: Session, claim: Claim, _why: Failure) -> None:
    """Later perhaps: nobody is told by mail that mail does not work."""
    post.try_later(session, claim.payload, clock.now())


def _send(services: Services, claim: Claim, secret: str) -> None:
    letter = post.written(claim.payload, claim.id, secret, services.settings.base_url)
    try:
        mail.build(services.settings, services.database, services.links.keys).send(letter)
    except NotSent:
        meters.MAILS.add("failed")
        raise
    meters.MAILS.add("sent")


HANDLER = Handler(run, gave_up)
