"""Connected apps: what may act for a person's organizations, and its end."""

from typing import NamedTuple

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.grants import choices, connections
from app.domain.grants.choices import Choice
from app.domain.grants.connections import App
from app.kit import clock
from app.web import asked, signed_in
from app.web.apps import blueprint
from app.web.services import services


class _Connected(NamedTuple):
    """One organization and its apps."""

    organization: Choice
    apps: list[App]


@blueprint.get("/app/apps")
@signed_in.require
def apps() -> ResponseReturnValue:
    """One row for each app of each organization."""
    person = signed_in.person()
    its, now = services(), clock.now()
    with its.database.reading() as session:
        mine = choices.of(session, person.user_id, "user", its.settings.payment_mode, now)
        connected = [
            _Connected(each, connections.listed(session, person.user_id, each.id, now))
            for each in mine
        ]
    return render_template(
        "apps/connected.html",
        connected=connected,
        person=person,
        endpoint=f"{asked.base()}/mcp",
        ended=request.args.get("ended", ""),
    )


@blueprint.post("/app/apps")
@signed_in.require
def disconnect() -> ResponseReturnValue:
    """End every client of an app; its tokens are dead at their next request."""
    person, form = signed_in.person(), request.form
    with services().transaction() as session:
        ended = connections.disconnect(
            session,
            person.user_id,
            form.get("organization", ""),
            form.get("app", ""),
            clock.now(),
        )
    return redirect(f"/app/apps?ended={ended}", 303)
