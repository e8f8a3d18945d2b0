"""The list of runs: filtered by its address, paged, alive, and the way to a comparison."""

from urllib.parse import urlencode

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from app.domain import plans
from app.domain.rights import Right
from app.domain.runs import listing, starters
from app.domain.runs.listing import Page
from app.domain.runs.narrowing import Cut
from app.domain.runs.starter import Starter
from app.kit import ids
from app.web import place, turns
from app.web.overview import blueprint, filters
from app.web.services import services

LIST = "/app/runs"
_ON_A_PAGE = 25
_FIRST_TOKENS = plans.tokens_for(plans.DEFAULT_PERSONAS, "standard")
_FEWEST, _MOST = 2, 5  # runs that can be compared


@blueprint.get(LIST)
@place.require(Right.READ_RUNS)
def runs() -> Response:
    """A page of the list."""
    return _page()


@blueprint.get(f"{LIST}/compare")
@place.require(Right.READ_RUNS)
def chosen() -> ResponseReturnValue:
    """On to the comparison of what was chosen, or back to the list with what is missing."""
    wanted = [each for each in request.args.getlist("run") if ids.is_id("run", each)]
    if not _FEWEST <= len(wanted) <= _MOST:
        return _page(problem=f"Choose {_FEWEST} to {_MOST} complete runs, then press Compare."), 422
    return redirect(f"/app/compare?{urlencode({'run': wanted}, doseq=True)}", 303)


@blueprint.get(f"{LIST}/live")
@place.require(Right.READ_RUNS)
def live() -> ResponseReturnValue:
    """The rows that were not over, as they are now."""
    if not place.is_partial():
        return redirect(LIST, 303)
    organization_id, turn = place.here().organization.id, turns.of(request.args.get("turn"))
    asked = request.args.getlist("id")[: 2 * _ON_A_PAGE]
    with services().database.reading() as session:
        rows = listing.some(session, organization_id, [each for each in asked if _is_id(each)])
        names = starters.of(session, organization_id, rows)
    return place.page(
        "overview/live.html",
        rows=rows,
        names=names,
        turn=turn,
        wait=turns.wait(turn),
        short="short" in request.args,
    )


def _page(problem: str = "") -> Response:
    wanted, cut = filters.wanted(), filters.cut()
    with services().database.reading() as session:
        found = listing.page(session, wanted, cut, _ON_A_PAGE)
        if cut.back and not found.newer:  # the newest rows: a full page of them
            found = listing.page(session, wanted, Cut(), _ON_A_PAGE)
        names = starters.of(session, wanted.organization_id, found.rows)
        offered = starters.offered(session, wanted.organization_id)
    return place.page(
        "overview/runs.html",
        rows=found.rows,
        names=names,
        offered=offered,
        pager=_pager(found),
        looked_back_to=found.looked_back_to,
        asked=filters.asked(),
        query=filters.query(),
        nothing=_nothing(offered),
        wanted=wanted,
        first={"people": plans.DEFAULT_PERSONAS, "tokens": _FIRST_TOKENS},
        picked=request.args.getlist("run"),
        problem=problem,
        deleted="deleted" in request.args,
        turn=0,
        wait=turns.wait(0),
    )


def _pager(found: Page) -> dict[str, str]:
    """Addresses of the pages before and after this one; empty where there is none."""
    return {
        "newer": f"{LIST}?{filters.query(newer=found.newer)}" if found.newer else "",
        "older": f"{LIST}?{filters.query(older=found.older)}" if found.older else "",
    }


def _nothing(offered: list[Starter]) -> str:
    """What was asked for and is not there, as a sentence."""
    form = filters.asked()
    who = next((each.shown for each in offered if f"{each.kind}:{each.id}" == form["by"]), "")
    parts = [
        f"No {form['state']} runs" if form["state"] else "No runs",
        "in the test book" if form["book"] else "",
        f"hold “{form['q']}”" if form["q"] else "",
        f"by {who or 'somebody who is gone'}" if form["by"] else "",
        {"30": "in the last 30 days", "month": "this month"}.get(form["when"], ""),
    ]
    return " ".join(part for part in parts if part)


def _is_id(text: str) -> bool:
    return ids.is_id("run", text) or ids.is_id("cmp", text)
