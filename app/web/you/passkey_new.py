"""Making a passkey: a name, and what the browser makes."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from app.domain.browsers import named
from app.domain.factors import ceremonies, having, passkeys, recovery
from app.domain.factors.passkeys import New
from app.errors import InvalidInput
from app.kit import clock
from app.web import ceremony, place
from app.web.services import services
from app.web.you import blueprint, codes, fresh

_NEW = "/app/settings/passkeys/new"


@blueprint.get(_NEW)
@fresh.require(_NEW)
def passkey_new() -> Response:
    """A name for it, and a button that has the browser make it."""
    return _page(named(request.headers.get("User-Agent", "")), {})


@blueprint.post(f"{_NEW}/options")
@fresh.require(_NEW)
def passkey_new_options() -> ResponseReturnValue:
    """What the browser is asked, so that it makes a passkey it does not have yet."""
    person = place.here().person
    with services().database.reading() as session:
        known = passkeys.credential_ids(session, person.user_id)
    challenge = ceremony.challenge("register", person.user_id)
    return ceremony.told(
        ceremonies.asked_to_make(ceremony.party(), person.user_id, person.email, challenge, known)
    )


@blueprint.post(_NEW)
@fresh.require(_NEW)
def passkey_new_button() -> ResponseReturnValue:
    """Keep the passkey that was made; the first factor brings recovery codes."""
    person, typed = place.here().person, request.form.get("name", "")
    try:
        name, made = passkeys.checked_name(typed), _made(person.user_id)
    except InvalidInput as error:
        return _page(typed, {str(error.details["field"]): error.message}, 422)
    with services().transaction() as session:
        first = not having.of(session, person.user_id).codes
        passkeys.add(session, person.user_id, name, made, clock.now())
    return codes.shown() if first else fresh.done("passkey")


def _made(user_id: str) -> New:
    answer = ceremony.taken("register", user_id)
    if answer is None:
        raise InvalidInput("This took too long. Try again.", field="passkey")
    return ceremonies.made(ceremony.party(), answer)


def _page(typed: str, problems: dict[str, str], status: int = 200) -> Response:
    with services().database.reading() as session:
        has = having.of(session, place.here().person.user_id)
    return place.page(
        "you/passkey_new.html",
        status,
        typed=typed,
        problems=problems,
        has=has,
        most_codes=recovery.MOST,
        possible=ceremony.party().has_passkeys,
    )
