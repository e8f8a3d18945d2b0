"""The end of an endpoint and of its log."""

from flask import Response, redirect
from flask.typing import ResponseReturnValue

from app.domain.rights import Right
from app.domain.webhooks import endpoints
from app.kit import clock
from app.web import place
from app.web.services import services
from app.web.webhooks import blueprint, desk

_PATH = f"{desk.PAGE}/delete"


@blueprint.get(_PATH)
@place.require(Right.DEVELOPER_APPS)
def removal(endpoint_id: str) -> Response:
    """What goes with it."""
    return place.page("webhooks/delete.html", it=desk.find(endpoint_id))


@blueprint.post(_PATH)
@place.require(Right.DEVELOPER_APPS)
def remove(endpoint_id: str) -> ResponseReturnValue:
    """Delete it; what is still on its way to it is dropped."""
    here = place.here()
    with services().transaction() as session:
        endpoints.remove(session, here.person, here.organization.id, endpoint_id, clock.now())
    return redirect(f"{desk.LIST}?deleted", 303)
