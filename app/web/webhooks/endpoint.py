"""One endpoint: its terms changed, switched, told something to try it."""

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from app.domain.rights import Right
from app.domain.sessions import SignInAgain
from app.domain.webhooks import endpoints
from app.kit import clock
from app.web import place, signed_in
from app.web.services import services
from app.web.webhooks import blueprint, desk

_NOTICES = {
    "saved": "Saved.",
    "on": "Switched on.",
    "off": "Switched off.",
    "sent": "On its way. It stands in the log below.",
}


@blueprint.get(desk.PAGE)
@place.require(Right.DEVELOPER_APPS)
def webhook(endpoint_id: str) -> Response:
    """What it is told, how it does, and the log."""
    told = next((text for name, text in _NOTICES.items() if name in request.args), "")
    carried = desk.sent() if "url" in request.args else None
    return desk.page(desk.find(endpoint_id), carried, notice=told)


@blueprint.post(desk.PAGE)
@place.require(Right.DEVELOPER_APPS)
def change(endpoint_id: str) -> ResponseReturnValue:
    """Switch it, or give it another address, description and events."""
    it, here, do = desk.find(endpoint_id), place.here(), request.form.get("do", "")
    if do in {"on", "off"}:
        with services().transaction() as session:
            endpoints.switch(
                session, here.person, here.organization.id, it.id, clock.now(), on=do == "on"
            )
        return redirect(f"{request.path}?{do}", 303)
    typed = desk.sent()
    wanted, problems = desk.read(typed)
    if problems:
        return desk.page(it, typed, problems, status=422)
    try:
        with services().transaction() as session:
            now = clock.now()
            endpoints.change(session, here.person, here.organization.id, it.id, wanted, now)
    except SignInAgain:
        return signed_in.again(typed.carried())
    return redirect(f"{request.path}?saved", 303)


@blueprint.post(f"{desk.PAGE}/test")
@place.require(Right.DEVELOPER_APPS)
def test(endpoint_id: str) -> ResponseReturnValue:
    """Send an event that says only that it is a test."""
    here = place.here()
    with services().transaction() as session:
        made = endpoints.test(session, here.person, here.organization.id, endpoint_id, clock.now())
    return redirect(f"{desk.LIST}/{endpoint_id}/deliveries/{made}", 303)
