"""A platform's developer app with one click."""

from flask import request
from flask.typing import ResponseReturnValue

from app.domain.clients import presets
from app.errors import NotFound
from app.web import signed_in
from app.web.apps import blueprint, desk, making


@blueprint.post(desk.LIST)
@signed_in.require
def from_preset() -> ResponseReturnValue:
    """Make a platform's app with one click."""
    form = request.form
    preset = presets.PRESETS.get(form.get("preset", ""))
    if preset is None:
        raise NotFound("There is no such platform.", hint=f"See {desk.LIST} for those there are.")
    chosen = form.get("organization", "")
    if not signed_in.is_fresh():
        return signed_in.again({"preset": form["preset"], "organization": chosen})
    return making.made(chosen, preset.app, form.get("form", ""))
