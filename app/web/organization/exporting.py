"""Exports: asked for, and fetched by owners alone, with their session."""

from flask import Response, redirect, send_file
from flask.typing import ResponseReturnValue

from app.adapters import files
from app.domain import exports
from app.domain.rights import Right
from app.errors import Conflict
from app.kit import clock, ids
from app.web import place
from app.web.organization import blueprint, settings
from app.web.services import services

_PATH = f"{settings.PAGE}/exports"


@blueprint.post(_PATH)
@place.require(Right.EXPORT)
def ask() -> ResponseReturnValue:
    """Have everything of the organization put into a file."""
    here, its, now = place.here(), services(), clock.now()
    if its.settings.rate_limits:
        its.rates.take(its.limits["exports"], here.organization.id, now)
    try:
        with its.transaction() as session:
            exports.ask(session, here.person, here.organization.id, now)
    except Conflict as error:
        return settings.page({}, {"export": f"{error.message} {error.hint}"}, 409)
    return redirect(f"{settings.PAGE}?done=export#export", 303)


@blueprint.get(f"{_PATH}/<export_id>")
@place.require(Right.EXPORT)
def fetch(export_id: str) -> Response:
    """The file; that it was fetched stands in the log."""
    here, its, now = place.here(), services(), clock.now()
    if not ids.is_id("exp", export_id):
        raise exports.no_such_export()
    path = files.export(its.settings.instance_dir, export_id)
    with its.transaction() as session:
        exports.fetch(session, here.person, here.organization.id, export_id, now)
        if not path.exists():  # another machine made it, or somebody cleared the folder
            raise exports.no_such_export()
    answer = send_file(
        path,
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"polis-export-{now:%Y-%m-%d}.zip",
        conditional=False,
        etag=False,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
