"""Passkeys between a page and its browser: challenges go out, answers come back and are checked."""

from typing import NamedTuple

from flask import Response, request

from app.domain import networks
from app.domain.factors import ceremonies, challenges, passkeys
from app.domain.factors.ceremonies import Answer, NotProved, Party
from app.domain.factors.passkeys import Held
from app.errors import InvalidInput
from app.kit import clock
from app.web import asked, limited, marks, network
from app.web.services import services

FIELD = "passkey"


class Answered(NamedTuple):
    """A passkey that was proved, and what it counts to now."""

    held: Held
    counter: int


def party() -> Party:
    """We, as this browser calls us."""
    return ceremonies.party(asked.base())


def challenge(purpose: str, user_id: str | None = None) -> bytes:
    """A challenge for this browser alone."""
    limited.count("passkey_challenges", networks.of(network.address()))
    with services().transaction() as session:
        return challenges.make(session, purpose, marks.of_passkeys(), clock.now(), user_id=user_id)


def told(options: str) -> Response:
    """Options as the script reads them."""
    answer = Response(options, content_type="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def taken(purpose: str, user_id: str | None = None) -> Answer | None:
    """The answer that was sent, its challenge used up; None where that was not this browser's."""
    try:
        answer = ceremonies.read(request.form.get(FIELD, ""))
    except NotProved:
        return None
    mark, now = marks.of_passkeys(), clock.now()
    with services().transaction() as session:
        fresh = challenges.take(session, answer.challenge, purpose, mark, now, user_id=user_id)
    return answer if fresh else None


def answered(purpose: str, user_id: str | None = None) -> Answered | None:
    """The passkey somebody answered with; None where nothing is proved."""
    answer = taken(purpose, user_id)
    if answer is None:
        return None
    with services().database.reading() as session:
        held = passkeys.by_credential(session, answer.credential_id)
    if held is None or (purpose == "sign_in" and not answer.handle):
        return None
    try:
        return Answered(held, ceremonies.proved(party(), answer, held))
    except InvalidInput:
        return None
