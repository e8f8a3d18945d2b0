"""A report behind its link: the report and nothing else, kept by nobody, found by no engine."""

from flask import Response, render_template, request

from app.domain.report.measures import FEW
from app.domain.runs import sheet
from app.domain.shares import opened
from app.errors import NotFound
from app.kit import clock
from app.web.runs import facts, people, public
from app.web.runs.report import composed
from app.web.services import services

_PARTS = {"seat", "segment"}  # of the people: whoever leafs through them has opened it already


@public.get("/s/<secret>")
def shared(secret: str) -> str:
    """The report; a link that ended says what one says that never was."""
    its, now = services(), clock.now()
    with its.database.reading() as session:
        found = opened.look(session, secret, now)
    if found is None:
        raise _nothing()
    if request.method == "GET" and _PARTS.isdisjoint(request.args):
        with its.transaction() as session:
            if not opened.count(session, secret, now):
                raise _nothing()
    with its.database.reading() as session:
        it = sheet.sheet(session, found.organization_id, found.run_id)
        report = composed(session, it)
    return render_template(
        "runs/shared.html",
        it=it,
        title=facts.title(it),
        report=report,
        drawn=facts.drawn(report),
        people=people.asked(report.seats),
        few=FEW,
    )


@public.after_request
def unseen(response: Response) -> Response:
    """Whatever the answer: kept nowhere, listed nowhere."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _nothing() -> NotFound:
    return NotFound("There is nothing at this address.", hint="A link may have ended.")
