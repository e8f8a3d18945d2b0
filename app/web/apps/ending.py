"""The end of a developer app."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from app.domain.clients import developer, developer_apps
from app.kit import clock
from app.web import signed_in
from app.web.apps import blueprint, desk
from app.web.services import services

_PATH = f"{desk.LIST}/<app_id>/delete"


@blueprint.get(_PATH)
@signed_in.require_fresh
def deletion(app_id: str) -> ResponseReturnValue:
    """What ends with the app."""
    it = desk.find(app_id)
    with services().database.reading() as session:
        ends = developer_apps.ending(session, it.id, clock.now())
    return render_template("apps/developer/delete.html", it=it, ends=ends)


@blueprint.post(_PATH)
@signed_in.require_fresh
def delete(app_id: str) -> ResponseReturnValue:
    """End it, and everything it was granted."""
    with services().transaction() as session:
        developer.remove(session, desk.actor(), app_id)
    return redirect(f"{desk.LIST}?deleted", 303)
