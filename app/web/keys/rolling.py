"""A key's successor: a new secret with the same name, limits and history."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from app.domain.own_keys import making
from app.domain.rights import Right
from app.kit import clock
from app.web import network, place, signed_in
from app.web.keys import blueprint, desk
from app.web.keys import one as key_page
from app.web.services import services

_PATH = f"{desk.PAGE}/roll"
_USUAL = "24"
_OVERLAPS = (
    ("24", "24 hours", "Time to put the new one in its place"),
    ("1", "1 hour", "Where it is one place, and you are at it"),
    ("168", "7 days", "Where a change takes a release"),
    ("0", "Not at all", "It leaked, or nobody uses it: it stops working now"),
)


@blueprint.get(_PATH)
@place.require(Right.OWN_KEYS)
def rolling(key_id: str) -> ResponseReturnValue:
    """How long the present key should go on working."""
    it = desk.find(key_id)
    return place.page("keys/roll.html", it=it, overlaps=_OVERLAPS, usual=_chosen(request.args))


@blueprint.post(_PATH)
@place.require(Right.OWN_KEYS)
def roll(key_id: str) -> Response | ResponseReturnValue:
    """Make the successor and show it, once."""
    it, overlap = desk.find(key_id), _chosen(request.form)
    if not signed_in.is_fresh():
        return signed_in.again({"overlap": overlap})
    with services().transaction() as session:
        person = place.here().person
        made = making.roll(session, person, it, overlap, network.address(), clock.now())
    once = desk.once(made, it.name, rolled=True)
    return key_page.page(desk.find(made.id), once=once, status=201)


def _chosen(sent: dict[str, str]) -> str:
    overlap = sent.get("overlap", "")
    return overlap if overlap in making.OVERLAPS else _USUAL
