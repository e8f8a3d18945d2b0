"""Another secret for an endpoint; the one before it signs beside it for a day."""

from flask import Response
from flask.typing import ResponseReturnValue

from app.domain.rights import Right
from app.domain.webhooks import endpoints
from app.kit import clock
from app.web import place, signed_in
from app.web.services import services
from app.web.webhooks import blueprint, desk

_PATH = f"{desk.PAGE}/secret"


@blueprint.get(_PATH)
@place.require(Right.DEVELOPER_APPS)
def rolling(endpoint_id: str) -> Response:
    """What a new secret does to the present one."""
    return place.page("webhooks/secret.html", it=desk.find(endpoint_id))


@blueprint.post(_PATH)
@place.require(Right.DEVELOPER_APPS)
def roll(endpoint_id: str) -> ResponseReturnValue:
    """Make the new secret and show it, once."""
    here = place.here()
    if not signed_in.is_fresh():
        return signed_in.again({})
    new = desk.secret()
    with services().transaction() as session:
        endpoints.roll(
            session, here.person, here.organization.id, endpoint_id, new.kept, clock.now()
        )
    return desk.page(desk.find(endpoint_id), shown=new.plain, status=201)
