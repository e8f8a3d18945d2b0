"""Setting an authenticator app up: a seed as a picture and as text, confirmed by its first code."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from app.domain import networks, throttles
from app.domain.factors import having, totp
from app.domain.factors.totp import Offer
from app.kit import clock
from app.web import network, place
from app.web.services import services
from app.web.you import blueprint, codes, fresh, qr

_PATH = "/app/settings/authenticator"
_WRONG = "This code is not right. Look whether the clock of your phone is, and take the next one."
_OLD = "This took too long, so here is a new picture. Read it in again."


@blueprint.get(_PATH)
@fresh.require(_PATH)
def authenticator() -> ResponseReturnValue:
    """A new seed; nothing is kept of it before a code proves that an app has it."""
    return _page(_offer())


@blueprint.post(_PATH)
@fresh.require(_PATH)
def authenticator_button() -> ResponseReturnValue:
    """Keep the seed if the code is right; the first factor brings recovery codes."""
    person, its, now = place.here().person, services(), clock.now()
    token, code = (request.form.get(name, "") for name in ("offer", "code"))
    seed = totp.offered(token, person.user_id, its.links.keys, now)
    if seed is None:
        return _page(_offer(), {"code": _OLD}, 422)
    where = networks.of(network.address())
    with its.transaction() as session:
        made = throttles.second(session, its.limits, person.user_id, where, now)
    with its.transaction() as session:
        first = not having.of(session, person.user_id).codes
        right = totp.add(session, person.user_id, seed, code, its.links.keys, now)
        if right:
            throttles.forgive(session, made)
    if not right:
        return _page(_offer(seed), {"code": _WRONG}, 422)
    return codes.shown() if first else fresh.done("authenticator")


@blueprint.post(f"{_PATH}/remove")
@fresh.require()
def authenticator_remove() -> ResponseReturnValue:
    """Take the app away."""
    with services().transaction() as session:
        totp.remove(session, place.here().person.user_id, clock.now())
    return fresh.done("authenticator-removed")


def _offer(seed: str = "") -> Offer:
    person = place.here().person
    return totp.offer(person.user_id, person.email, services().links.keys, clock.now(), seed)


def _page(offer: Offer, problems: dict[str, str] | None = None, status: int = 200) -> Response:
    return place.page(
        "you/authenticator.html",
        status,
        offer=offer,
        drawn=qr.drawn(offer.address),
        problems=problems or {},
    )
