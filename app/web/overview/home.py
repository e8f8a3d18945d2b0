"""The overview: what is left, where it goes, and how far the organization is set up."""

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from app.domain import outlook, set_up
from app.domain.rights import Right
from app.domain.runs import listing, starters
from app.domain.runs.narrowing import Cut, Filter
from app.domain.wallets import Wallet
from app.kit import clock
from app.web import asked, place, turns
from app.web.columns import columns
from app.web.overview import blueprint
from app.web.services import services
from app.web.signed_in import HOME

_LATEST = 5


@blueprint.get(HOME)
@place.require()
def home() -> Response:
    """Where the organization stands, in one page."""
    here, its = place.here(), services()
    now, id_ = clock.now(), here.organization.id
    with its.database.reading() as session:
        ahead = outlook.of(session, Wallet(id_, "live", its.settings.payment_mode), now)
        latest = listing.page(session, Filter(id_), Cut(), _LATEST)
        names = starters.of(session, id_, latest.rows)
        progress = set_up.of(session, id_)
    return place.page(
        "overview/home.html",
        rights=Right,
        ahead=ahead,
        days=columns(ahead.month.days(), ahead.by_day),
        rows=latest.rows,
        names=names,
        progress=progress,
        turn=0,
        wait=turns.wait(0),
        endpoint=f"{asked.base()}/mcp",
        said=next((each for each in ("joined", "left") if each in request.args), ""),
    )


@blueprint.get("/app/set-up")
@place.require()
def progress() -> ResponseReturnValue:
    """The ticks alone, for the page that waits for a first call."""
    if not place.is_partial():
        return redirect(HOME, 303)
    turn = turns.of(request.args.get("turn"))
    with services().database.reading() as session:
        found = set_up.of(session, place.here().organization.id)
    return place.page("overview/ticks.html", progress=found, turn=turn, wait=turns.wait(turn))
