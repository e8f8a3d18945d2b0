"""Logos of verified apps, from our own origin."""

from flask import Blueprint, Response, abort

from app.kit import clock
from app.web.services import services

blueprint = Blueprint("logos", __name__)

_DAY_S = 86_400


@blueprint.get("/logos/<client_row_id>.png")
def logo(client_row_id: str) -> Response:
    """A logo as we drew it."""
    png = services().logos.png(client_row_id, clock.now())
    if png is None:
        abort(404)
    answer = Response(png, content_type="image/png")
    answer.headers["Cache-Control"] = f"public, max-age={_DAY_S}"
    return answer
