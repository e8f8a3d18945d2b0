"""The figures for Prometheus; whoever may not read them learns nothing of the address either."""

import hmac

from flask import Blueprint, Response, abort, current_app, request

from app.adapters.figures import Figures
from app.kit import exposition
from app.web.developing import came_straight
from app.web.services import services

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Counts of this machine's processes and gauges of the database, as Prometheus reads them."""
    if not _may_read():
        abort(404)
    answer = Response(_figures().text(), content_type=exposition.CONTENT_TYPE)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _may_read() -> bool:
    """By the token; where none is set, from this machine itself."""
    token = services().settings.metrics_token
    if not token:
        return came_straight()
    sent = request.headers.get("Authorization", "")
    return hmac.compare_digest(sent.encode(), f"Bearer {token}".encode())


def _figures() -> Figures:
    its = services()
    kept: Figures = current_app.extensions.setdefault(
        "polis_figures", Figures(its.settings, its.database)
    )
    return kept
