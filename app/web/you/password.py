"""Choosing a password, or the first one."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from app.domain import passwords, profile, sign_in
from app.errors import InvalidInput
from app.kit import clock
from app.web import network, place
from app.web.services import services
from app.web.you import blueprint, fresh

_PATH = "/app/settings/password"


@blueprint.get(_PATH)
@fresh.require(_PATH)
def password() -> Response:
    """The form; who they are was asked a moment ago."""
    return _page({})


@blueprint.post(_PATH)
@fresh.require(_PATH)
def password_button() -> ResponseReturnValue:
    """Keep it; every other browser is signed out, and its person is told by mail."""
    typed, person = request.form.get("password", ""), place.here().person
    try:
        passwords.check_strength(typed, person.email, person.name)
    except InvalidInput as error:
        return _page({"password": error.message}, 422)
    digest, now = passwords.hash_password(typed), clock.now()
    with services().transaction() as session:
        sign_in.change_password(
            session, person.user_id, digest, network.browser(), now, but=person.session_id
        )
    return fresh.done("password")


def _page(problems: dict[str, str], status: int = 200) -> Response:
    with services().database.reading() as session:
        standing = profile.standing(session, place.here().person.user_id)
    return place.page("you/password.html", status, problems=problems, standing=standing)
