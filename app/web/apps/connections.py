"""The single connections of one connected app, and whether it may offer to buy tokens."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from app.domain.grants import connection, selling, timeline
from app.domain.rights import Right
from app.kit import clock
from app.web import place
from app.web.apps import blueprint
from app.web.services import services

_PATH = "/app/apps/<organization_id>/<key>"


@blueprint.get(_PATH)
@place.require(Right.OWN_CONNECTIONS)
def app(organization_id: str, key: str) -> ResponseReturnValue:
    """The single connections of one app."""
    person = place.here().person
    its, now = services(), clock.now()
    with its.database.reading() as session:
        mode = its.settings.payment_mode
        after = request.args.get("after", "")
        found = connection.of_app(session, person.user_id, organization_id, key, mode, now, after)
        shown = found.connections
        happened = timeline.of(session, organization_id, [each.id for each in shown])
    hosts = sorted({each.place for each in shown if each.place})
    return place.page(
        "apps/app.html",
        connections=shown,
        of=found.of,
        further=found.further,
        paged="after" in request.args,
        hosts=hosts,
        happened=happened,
        ended="ended" in request.args,
        saved="saved" in request.args,
    )


@blueprint.post(_PATH)
@place.require(Right.OWN_CONNECTIONS)
def sells(organization_id: str, key: str) -> ResponseReturnValue:
    """Let the app offer to buy tokens or keep it from that; owners of its organization alone."""
    user_id, ticked = place.here().person.user_id, request.form.get("sells") == "yes"
    with services().transaction() as session:
        selling.change(session, user_id, organization_id, key, sells=ticked, now=clock.now())
    return redirect(f"{request.path}?saved", 303)
