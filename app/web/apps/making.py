"""A developer app from an empty form."""

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from app.domain.clients import developer
from app.domain.clients.developer_app import App
from app.domain.grants.choices import Choice
from app.domain.rights import NotAllowed
from app.kit import ids
from app.web import place, signed_in
from app.web.apps import blueprint, desk, form, words
from app.web.apps.form import Typed
from app.web.services import services

_PATH = f"{desk.LIST}/new"
_NOT_THERE = "Choose an organization you administer."


@blueprint.get(_PATH)
@signed_in.require_fresh
def new() -> ResponseReturnValue:
    """The form, empty, or with what was typed before they signed in again."""
    if not signed_in.person().verified:
        return redirect(desk.LIST, 303)  # which says what is missing
    looked_at = Typed(organization=place.here().organization.id)
    typed = form.sent(request.args) if "kind" in request.args else looked_at
    return _page(typed, {})


@blueprint.post(_PATH)
@signed_in.require
def create() -> ResponseReturnValue:
    """Make the app, or say what is wrong with it."""
    typed = form.sent(request.form)
    if not signed_in.is_fresh():
        return signed_in.again(typed.carried())
    app, problems = form.read(typed, desk.own_host())
    if typed.organization not in {each.id for each in _free()}:
        problems = {"organization": _NOT_THERE, **problems}
    if problems:
        return _page(typed, problems), 422
    return made(typed.organization, app, request.form.get("form", ""))


def made(organization_id: str, app: App, form: str) -> ResponseReturnValue:
    """Make an app and show its page, with the secret that is known only now."""
    why_not = {each.id: each.why_not for each in desk.organizations()}.get(organization_id)
    if why_not:
        raise NotAllowed(why_not, hint=_NOT_THERE)
    with services().transaction() as session:
        new = developer.create(session, desk.actor(), organization_id, app, form=form[:60])
        app_id, secret = new.row.id, new.secret
    return desk.page(desk.find(app_id), secret, made=True), 201


def _page(typed: Typed, problems: dict[str, str]) -> Response:
    return place.page(
        "apps/developer/form.html",
        it=None,
        typed=typed,
        problems=problems,
        choices=_free(),
        scopes=words.SCOPES,
        form=request.form.get("form") or ids.new("frm"),
    )


def _free() -> list[Choice]:
    return [each for each in desk.organizations() if not each.why_not]
