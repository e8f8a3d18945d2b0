"""A developer app's page, and the switch that lets it act alone."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from app.domain.clients import developer
from app.domain.clients.developer import DoneBefore
from app.web import signed_in
from app.web.apps import blueprint, desk
from app.web.services import services

_NOTICES = {
    "saved": "Saved.",
    "on": "It may act for its organization.",
    "off": "It acts alone no more.",
    "before": "This was done already; the secret was shown then.",
}


@blueprint.get(f"{desk.LIST}/<app_id>")
@signed_in.require
def developer_app(app_id: str) -> ResponseReturnValue:
    """One app: what its platform asks for, its secrets, and what can be done with it."""
    told = next((text for name, text in _NOTICES.items() if name in request.args), "")
    return desk.page(desk.find(app_id), notice=told)


@blueprint.post(f"{desk.LIST}/<app_id>")
@signed_in.require_fresh
def switch(app_id: str) -> ResponseReturnValue:
    """Let the app act for its organization by itself, or no longer."""
    on = request.form.get("acts_alone") == "on"
    with services().transaction() as session:
        developer.let_act_alone(session, desk.actor(), app_id, on=on)
    return redirect(f"{request.path}?{'on' if on else 'off'}", 303)


@blueprint.errorhandler(DoneBefore)
def _done_before(refusal: DoneBefore) -> ResponseReturnValue:
    """A form that came twice: what it made is there, and its secret is not told again."""
    return redirect(f"{desk.LIST}/{refusal.details['app_id']}?before", 303)
