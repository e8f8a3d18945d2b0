"""The report of a complete run, with all that can be done from it."""

from flask import Response, request
from sqlalchemy.orm import Session

from app.domain import plans, shares, wallets
from app.domain.report.measures import FEW
from app.domain.report.report import Report, compose
from app.domain.runs import sheet, threads
from app.domain.runs.sheet import Sheet
from app.domain.shares import listed
from app.domain.wallets import Wallet
from app.kit import clock, ids
from app.web import place
from app.web.runs import facts, people, whom
from app.web.runs.common import common, revocable
from app.web.runs.trouble import Trouble
from app.web.services import services


def page(session: Session, it: Sheet, trouble: Trouble) -> Response:
    """The page of a run that has its report."""
    now, before = clock.now(), request.args.get("talks", "")
    report, links = composed(session, it), listed.of_run(session, it.id, now)
    talks, older = threads.of_run(session, it.id, before if ids.is_id("thr", before) else None)
    wallet = Wallet(place.here().organization.id, it.book, services().settings.payment_mode)
    chosen = trouble.typed.get("whom") or request.args.get("whom", "")
    return place.page(
        "runs/report.html",
        report=report,
        drawn=facts.drawn(report),
        people=people.asked(report.seats),
        few=FEW,
        whom=whom.options(report, chosen),
        chosen=chosen,
        talks=talks,
        older=older,
        ask_tokens=plans.ASK_TOKENS,
        left=wallets.standing(session, wallet, now).spendable,
        shares=links,
        revocable=revocable(links),
        days=shares.DAYS,
        default_days=shares.DEFAULT_DAYS,
        **common(it, trouble),
    )


def composed(session: Session, it: Sheet) -> Report:
    """The report of a run that has one."""
    return compose(it.content, it.synthesis or {}, sheet.seats(session, [it.id])[it.id])
