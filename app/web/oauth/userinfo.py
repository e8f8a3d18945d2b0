"""Userinfo (OpenID Connect Core §5.3): who approved, for a token with `openid`."""

from flask import Response, request

from app.domain.bearers import BadCredential
from app.domain.grants import userinfo as told
from app.kit import clock
from app.web import counted
from app.web.oauth import answers, blueprint
from app.web.services import services


@blueprint.route("/api/oauth/userinfo", methods=["GET", "POST"])
def userinfo() -> Response:
    """The claims of the token's scopes; it is taken from the header alone."""
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not bearer.strip():
        return _refused("invalid_request", "Send an access token as bearer.", 401)
    now = clock.now()
    try:
        caller = services().credentials.authenticate(bearer.strip(), now)
    except BadCredential as error:
        return _refused("invalid_token", error.message, 401)
    counted.take("userinfo", caller.credential_id, now)
    if caller.via != "oauth" or "openid" not in caller.scopes:
        return _refused("insufficient_scope", "This needs an access token with openid.", 403)
    with services().database.reading() as session:
        claims = told.claims(session, caller.credential_id, tuple(caller.scopes))
    return answers.told(claims)


def _refused(error: str, description: str, status: int) -> Response:
    answer = answers.error(error, description, status)
    words = answer.get_json()["error_description"]
    challenge = (
        f'Bearer realm="Polis", scope="openid", error="{error}", error_description="{words}"'
    )
    answer.headers["WWW-Authenticate"] = challenge
    return answer
