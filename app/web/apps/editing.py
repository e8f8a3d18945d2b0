"""A developer app changed."""

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from app.domain.clients import developer
from app.domain.clients.developer import WidensAlone
from app.domain.clients.developer_apps import Shown
from app.web import place, signed_in
from app.web.apps import blueprint, desk, form, words
from app.web.apps.form import Typed
from app.web.services import services

_PATH = f"{desk.LIST}/<app_id>/edit"


@blueprint.get(_PATH)
@signed_in.require_fresh
def edit(app_id: str) -> ResponseReturnValue:
    """The form as it was filled in, or with what was typed before they signed in again."""
    it = desk.find(app_id)
    carried = "kind" in request.args
    typed = form.sent(request.args) if carried else form.of(it.app, it.organization_id)
    return _page(it, typed, {})


@blueprint.post(_PATH)
@signed_in.require
def save(app_id: str) -> ResponseReturnValue:
    """Change the app; one that becomes confidential has a secret, shown once."""
    it, typed = desk.find(app_id), form.sent(request.form)
    if not signed_in.is_fresh():
        return signed_in.again(typed.carried())
    app, problems = form.read(typed, desk.own_host())
    if problems:
        return _page(it, typed, problems), 422
    try:
        with services().transaction() as session:
            secret = developer.edit(session, desk.actor(), it.id, app).secret
    except WidensAlone as refusal:
        return _page(it, typed, {"scopes": refusal.message}), 422
    if secret is None:
        return redirect(f"{desk.LIST}/{it.id}?saved", 303)
    return desk.page(desk.find(it.id), secret)


def _page(it: Shown, typed: Typed, problems: dict[str, str]) -> Response:
    return place.page(
        "apps/developer/form.html",
        it=it,
        typed=typed,
        problems=problems,
        choices=[],
        scopes=words.SCOPES,
        form="",
    )
