"""Another secret for a developer app, the one before good for a while."""

from datetime import timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.domain.clients import developer
from app.web import signed_in
from app.web.apps import blueprint, desk, words
from app.web.services import services

_PATH = f"{desk.LIST}/<app_id>/secret"
_USUAL = "24"


@blueprint.get(_PATH)
@signed_in.require_fresh
def rotation(app_id: str) -> ResponseReturnValue:
    """How long the present secret should go on working."""
    overlaps = [(hours, *text) for hours, text in words.OVERLAPS.items()]
    return render_template(
        "apps/developer/secret.html",
        it=desk.find(app_id),
        overlaps=overlaps,
        usual=_USUAL,
    )


@blueprint.post(_PATH)
@signed_in.require_fresh
def rotate(app_id: str) -> ResponseReturnValue:
    """Make the new secret and show it, once."""
    sent = request.form
    hours = sent.get("overlap", "")
    overlap = timedelta(hours=int(hours if hours in words.OVERLAPS else _USUAL))
    with services().transaction() as session:
        secret = developer.rotate_secret(
            session, desk.actor(), app_id, overlap, former=sent.get("former", "")
        )
    return desk.page(desk.find(app_id), secret)
