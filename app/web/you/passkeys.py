"""A person's passkeys, one by one: named, removed."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from app.domain.factors import having, passkeys
from app.errors import InvalidInput
from app.kit import clock
from app.web import place
from app.web.services import services
from app.web.you import blueprint, fresh

_ONE = "/app/settings/passkeys/<passkey_id>"


@blueprint.get(_ONE)
@place.require()
def passkey_one(passkey_id: str) -> Response:
    """One passkey: its name, and how to remove it."""
    return _one(passkey_id, {})


@blueprint.post(_ONE)
@fresh.require()
def passkey_rename(passkey_id: str) -> ResponseReturnValue:
    """Call it something else."""
    typed = request.form.get("name", "")
    try:
        with services().transaction() as session:
            passkeys.rename(session, place.here().person.user_id, passkey_id, typed)
    except InvalidInput as error:
        return _one(passkey_id, {"name": error.message}, 422)
    return fresh.done("renamed")


@blueprint.post(f"{_ONE}/remove")
@fresh.require()
def passkey_remove(passkey_id: str) -> ResponseReturnValue:
    """Have it let nobody in any more."""
    with services().transaction() as session:
        passkeys.remove(session, place.here().person.user_id, passkey_id, clock.now())
    return fresh.done("passkey-removed")


def _one(passkey_id: str, problems: dict[str, str], status: int = 200) -> Response:
    with services().database.reading() as session:
        found = passkeys.find(session, place.here().person.user_id, passkey_id)
        has = having.of(session, place.here().person.user_id)
    return place.page("you/passkey.html", status, passkey=found, problems=problems, has=has)
