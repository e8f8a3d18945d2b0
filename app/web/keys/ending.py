"""The end of a key, confirmed with what it was last used for."""

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from app.domain.own_keys import changing
from app.domain.rights import Right
from app.kit import clock
from app.web import place, signed_in
from app.web.keys import blueprint, desk
from app.web.services import services

_PATH = f"{desk.PAGE}/revoke"


@blueprint.get(_PATH)
@place.require(Right.OWN_KEYS)
def revocation(key_id: str) -> Response:
    """What fails from now on, and when it was last used."""
    return place.page("keys/revoke.html", it=desk.find(key_id))


@blueprint.post(_PATH)
@place.require(Right.OWN_KEYS)
def revoke(key_id: str) -> ResponseReturnValue:
    """End a key at its next request; a button of a list asks first, and posts here again."""
    it = desk.find(key_id)
    if request.form.get("do") == "ask":
        return place.page("keys/revoke.html", it=it)
    if not signed_in.is_fresh():
        return signed_in.again({})
    with services().transaction() as session:
        changing.revoke(session, place.here().person, it, clock.now())
    return redirect(f"{desk.LIST}?revoked=1", 303)
