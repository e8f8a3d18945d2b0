"""Connected apps: what may act for the organization looked at, and its end."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from app.domain.grants import connections
from app.domain.grants.connections import App
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
    return place.page(
        "apps/connected.html",
        apps=_listed(place.here().organization.id),
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
        ending = [each for each in _listed(whose) if every or each.key == app]
        return place.page("apps/disconnect.html", ending=ending, whose=whose, app=app, every=every)
    user_id, now = here.person.user_id, clock.now()
    keys = [each.key for each in _listed(whose)] if every else [app]
    with services().transaction() as session:
        ended = sum(connections.disconnect(session, user_id, whose, key, now) for key in keys)
    return redirect(f"{_LIST}?ended={ended}", 303)


def _listed(organization_id: str) -> list[App]:
    its, person = services(), place.here().person
    with its.database.reading() as session:
        mode = its.settings.payment_mode
        return connections.listed(session, person.user_id, organization_id, mode, clock.now())
