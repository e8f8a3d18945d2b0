"""The webhooks of an organization, and the form for another."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from app.domain.rights import Right
from app.domain.webhooks import endpoints
from app.domain.webhooks.catalogue import EVENTS
from app.errors import Conflict
from app.kit import clock
from app.web import place, signed_in
from app.web.services import services
from app.web.webhooks import blueprint, desk
from app.web.webhooks.desk import Typed


@blueprint.get(desk.LIST)
@place.require(Right.DEVELOPER_APPS)
def webhooks() -> Response:
    """Every endpoint, and the form for another."""
    return _page(desk.sent() if "url" in request.args else Typed())


@blueprint.post(desk.LIST)
@place.require(Right.DEVELOPER_APPS)
def create() -> ResponseReturnValue:
    """Make an endpoint and show its secret, once."""
    typed = desk.sent()
    if not signed_in.is_fresh():
        return signed_in.again(typed.carried())
    wanted, problems = desk.read(typed)
    if problems:
        return _page(typed, problems, 422)
    new, here = desk.secret(), place.here()
    try:
        with services().transaction() as session:
            made = endpoints.make(
                session, here.person, here.organization.id, wanted, new.kept, clock.now()
            )
    except Conflict as refusal:
        return _page(typed, {"url": refusal.message}, 409)
    return desk.page(desk.find(made), shown=new.plain, status=201)


def _page(typed: Typed, problems: dict[str, str] | None = None, status: int = 200) -> Response:
    with services().database.reading() as session:
        found = endpoints.listed(session, place.here().organization.id)
    return place.page(
        "webhooks/list.html",
        status,
        endpoints=found,
        most=endpoints.MOST,
        events=EVENTS.values(),
        where=desk.where(),
        typed=typed,
        problems=problems or {},
        deleted="deleted" in request.args,
    )
