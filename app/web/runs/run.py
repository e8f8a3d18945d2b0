"""A run's page: how far it is while it runs, then its report, or why there is none."""

from flask import Response, render_template
from sqlalchemy.orm import Session

from app.domain.report.seats import Seat
from app.domain.runs import sheet
from app.domain.runs.newest import newest
from app.domain.runs.sheet import Sheet
from app.web import place, texts
from app.web.runs import facts, people, report
from app.web.runs.common import common
from app.web.runs.trouble import Trouble
from app.web.services import services


def page(run_id: str, trouble: Trouble) -> Response:
    """The page as the run stands; a part of it where htmx asks how far it is."""
    with services().database.reading() as session:
        it = sheet.sheet(session, place.here().organization.id, run_id)
        if not it.over:
            cards = [seat for _, seat in newest(session, [run_id], facts.CARDS)]
            return _live(it, cards, trouble)
        if place.is_partial():
            return Response(headers={"HX-Refresh": "true"})  # what stands there now is another
        return report.page(session, it, trouble) if it.ready else _ended(session, it, trouble)


def _live(it: Sheet, cards: list[Seat], trouble: Trouble) -> Response:
    more = common(it, trouble) | {"cards": cards, "again_s": facts.look_again_s(it.created_at)}
    if place.is_partial():
        return texts.scripted(render_template("runs/progress.html", **more))
    return place.page("runs/live.html", **more)


def _ended(session: Session, it: Sheet, trouble: Trouble) -> Response:
    seats = sheet.seats(session, [it.id])[it.id] if it.status == "cancelled" else []
    return place.page("runs/ended.html", people=people.asked(seats), **common(it, trouble))
