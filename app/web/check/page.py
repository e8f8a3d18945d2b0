"""A check begun, followed and read; the work itself is a worker's."""

from flask import Response, redirect
from flask.typing import ResponseReturnValue

from app.domain import checks, checks_seen
from app.domain.checks_seen import Shown
from app.domain.rights import Right
from app.kit import clock
from app.web import asked, counted, place
from app.web.check import blueprint, words
from app.web.services import services

PATH = "/app/check"
_EVERYBODY = "installation"  # who the limit counts: its clients share one network


@blueprint.get(PATH)
@place.require(Right.OWN_CONNECTIONS)
def check() -> Response:
    """What a check does, its button, and the last ones."""
    return place.page("check/start.html", latest=_latest(), base=asked.base(), busy=False)


@blueprint.post(PATH)
@place.require(Right.OWN_CONNECTIONS)
def begin_check() -> ResponseReturnValue:
    """Begin one; while another runs, say so."""
    here, now = place.here(), clock.now()
    running = next((each for each in _latest() if each.status == "running"), None)
    if running is not None:
        return redirect(f"{PATH}/{running.id}", 303)
    counted.take("checks", _EVERYBODY, now)
    with services().transaction() as session:
        check_id = checks.begin(session, here.person, here.organization.id, now)
    if check_id is None:
        return place.page("check/start.html", 409, latest=_latest(), base=asked.base(), busy=True)
    return redirect(f"{PATH}/{check_id}", 303)


@blueprint.get(f"{PATH}/<check_id>")
@place.require(Right.OWN_CONNECTIONS)
def shown_check(check_id: str) -> Response:
    """One check, as far as it is; it asks again by itself while it runs."""
    with services().database.reading() as session:
        found = checks_seen.find(session, place.here().organization.id, check_id, clock.now())
    template = "check/walk.html" if place.is_partial() else "check/one.html"
    return place.page(template, check=found, titles=words.TITLES, steps=words.STEPS)


def _latest() -> list[Shown]:
    with services().database.reading() as session:
        return checks_seen.latest(session, place.here().organization.id, clock.now())
