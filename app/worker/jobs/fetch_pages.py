"""Reads the pages a run or comparison is about, outside any transaction, and sets it off."""

from sqlalchemy.orm import Session

from app import outbox
from app.bootstrap import Services
from app.domain.pages.refusals import PageRefused
from app.domain.runs import progress, setting_off
from app.kit import clock
from app.outbox import Claim
from app.worker.jobs.base import Failure, Handler


def run(services: Services, claim: Claim) -> None:
    """Fetch what is not there yet; a page that does not come ends the run, and all comes back."""
    with services.database.reading() as session:
        wanted = [
            (each.id, each.url or "", each.url_mode or "")
            for each in setting_off.unread(session, claim.payload["run_ids"])
        ]
    try:
        pages = [(run_id, services.pages.read(url, mode)) for run_id, url, mode in wanted]
    except PageRefused as refusal:
        _refused(services, claim, refusal)
        return
    with services.transaction() as session:
        now = clock.now()
        if outbox.finish(session, claim, now):
            for run_id, page in pages:
                setting_off.keep(session, run_id, page, now=now, request_id=claim.request_id)


def gave_up(session: Session, claim: Claim, why: Failure) -> None:
    """The run ends here and everything is refunded; the variants of a comparison end together."""
    first = claim.payload["run_ids"][0]
    progress.fail(session, first, why.code, why.message, clock.now())


def _refused(services: Services, claim: Claim, refusal: PageRefused) -> None:
    why = Failure(refusal.code, f"{refusal.message} {refusal.hint}")
    with services.transaction() as session:
        if outbox.finish(session, claim, clock.now(), error=why.message):
            gave_up(session, claim, why)


HANDLER = Handler(run, gave_up, failure="The page could not be read.")
