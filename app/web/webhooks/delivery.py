"""One delivery: what was sent, what was answered at each attempt, and sent again."""

from typing import Any

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.rights import Right
from app.domain.webhooks import endpoints, log, pauses
from app.kit import clock
from app.web import place
from app.web.services import services
from app.web.webhooks import blueprint, desk

_PATH = f"{desk.PAGE}/deliveries/<delivery_id>"


@blueprint.get(_PATH)
@place.require(Right.DEVELOPER_APPS)
def delivery(endpoint_id: str, delivery_id: str) -> Response | str:
    """The request and every answer; asks again by itself while more is to come."""
    it = desk.find(endpoint_id)
    with services().database.reading() as session:
        whole = log.one(session, it.id, delivery_id)
    facts: dict[str, Any] = {"it": it, "whole": whole, "most": pauses.MOST}
    if place.is_partial():
        return render_template("webhooks/attempts.html", **facts)
    return place.page("webhooks/delivery.html", again="again" in request.args, **facts)


@blueprint.post(f"{_PATH}/resend")
@place.require(Right.DEVELOPER_APPS)
def resend(endpoint_id: str, delivery_id: str) -> ResponseReturnValue:
    """Bring the same event once more, under the same id."""
    here = place.here()
    with services().transaction() as session:
        made = endpoints.resend(
            session, here.person, here.organization.id, endpoint_id, delivery_id, clock.now()
        )
    return redirect(f"{desk.LIST}/{endpoint_id}/deliveries/{made}?again", 303)
