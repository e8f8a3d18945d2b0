"""The single connections of one connected app."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.domain.grants import connection
from app.kit import clock
from app.web import signed_in
from app.web.apps import blueprint
from app.web.services import services


@blueprint.get("/app/apps/<organization_id>/<key>")
@signed_in.require
def app(organization_id: str, key: str) -> ResponseReturnValue:
    """The single connections of one app."""
    person = signed_in.person()
    its, now = services(), clock.now()
    with its.database.reading() as session:
        mode = its.settings.payment_mode
        found = connection.of_app(session, person.user_id, organization_id, key, mode, now)
    hosts = sorted({each.place for each in found if each.place})
    ended = "ended" in request.args
    return render_template(
        "apps/app.html", person=person, connections=found, hosts=hosts, ended=ended
    )
