"""Connected apps: what may act for the organization looked at, and its end."""

from datetime import datetime
from urllib.parse import urlencode

from flask import redirect, request
from flask.typing import ResponseReturnValue

from app.domain.grants import connections
from app.domain.grants.connections import App, Place
from app.domain.rights import Right
from app.kit import clock
from app.web import asked, place
from app.web.apps import blueprint
from app.web.services import services

_LIST = "/app/apps"


@blueprint.get(_LIST)
@place.require(Right.OWN_CONNECTIONS)
def apps() -> ResponseReturnValue:
    """One row for each app."""
    after, (user_id, whose, mode, now) = _after(), _asking()
    with services().database.reading() as session:
        found = connections.page(session, user_id, whose, mode, now, after)
    return place.page(
        "apps/connected.html",
        apps=found.apps,
        further=urlencode(found.further._asdict()) if found.further else "",
        paged=after is not None,
        since=found.since,
        endpoint=f"{asked.base()}/mcp",
        ended=request.args.get("ended", ""),
    )


@blueprint.post(_LIST)
@place.require(Right.OWN_CONNECTIONS)
def disconnect() -> ResponseReturnValue:
    """End every client of an app, or of all; a button of a list asks first, and posts here again.

    Their tokens are dead at their next request.
    """
    form, here = request.form, place.here()
    whose, app = form.get("organization") or here.organization.id, form.get("app", "")
    asks, every = form.get("do", ""), form.get("all") == "yes"
    if asks.startswith("ask"):
        every = asks == "ask all"
        ending = _ending(whose, None if every else app)
        return place.page("apps/disconnect.html", ending=ending, whose=whose, app=app, every=every)
    user_id, now = here.person.user_id, clock.now()
    keys = [each.key for each in _ending(whose)] if every else [app]
    with services().transaction() as session:
        ended = sum(connections.disconnect(session, user_id, whose, key, now) for key in keys)
    return redirect(f"{_LIST}?ended={ended}", 303)


def _ending(whose: str, app: str | None = None) -> list[App]:
    """One app, or all of them."""
    user_id, _, mode, now = _asking()
    with services().database.reading() as session:
        if app is None:
            return connections.every(session, user_id, whose, mode, now)
        return connections.some(session, user_id, whose, mode, now, app)


def _asking() -> tuple[str, str, str, datetime]:
    here, mode = place.here(), services().settings.payment_mode
    return here.person.user_id, here.organization.id, mode, clock.now()


def _after() -> Place | None:
    """The app a page begins behind."""
    if "key" not in request.args:
        return None
    name, key = (request.args.get(each, "").replace("\0", "") for each in ("name", "key"))
    return Place(name, key)
