"""The token endpoint: a code, a refresh token or an app's own proof in, tokens out."""

from datetime import datetime
from typing import Any

from flask import Response

from app.domain.clients.known import KnownClient
from app.domain.grants.answers import Denied, Tokens
from app.errors import PolisError
from app.kit import clock, meters
from app.web.oauth import answers, blueprint, counting, flows, id_token, presented, program, replies
from app.web.oauth.program import Program
from app.web.oauth.replies import Reply

PATHS = ("/api/oauth/token", "/token")

_PRESENTED = ("refresh_token", "code", "device_code", "client_secret")


def token() -> Response:
    """What `front_door.py` leaves to Flask: forms in another shape, and their refusals."""
    return answers.given(exchange(program.here()))


blueprint.add_url_rule(PATHS[0], view_func=token, methods=["POST"])


def exchange(asking: Program) -> Reply:
    """Tokens for what a client presents (RFC 6749 §3.2), or the reason there are none."""
    named = asking.form.get("grant_type", "")
    grant_type = named if named in flows.FLOWS else "other"
    try:
        reply = _exchanged(asking)
    except PolisError as refusal:
        meters.OAUTH_REFUSALS.add(grant_type, replies.named(refusal))
        raise
    if "error" in reply.body:
        meters.OAUTH_REFUSALS.add(grant_type, reply.body["error"])
    else:
        meters.OAUTH_TOKENS.add(grant_type)
    return reply


def _exchanged(asking: Program) -> Reply:
    now = clock.now()
    shown = counting.shown(asking, "token", _secret(asking.form), now)
    client = presented.proved(asking, shown, now)
    act = flows.decided(asking, client, shown, now)
    made = act if isinstance(act, Denied) else asking.services.briefly(act)
    if isinstance(made, Denied):
        return replies.error(asking.services.settings.base_url, made.error, made.description)
    return Reply(200, _told(asking, client, made, now))


def _secret(form: dict[str, str]) -> str:
    return next((form[name] for name in _PRESENTED if name in form), "")


def _told(asking: Program, client: KnownClient, made: Tokens, now: datetime) -> dict[str, Any]:
    body: dict[str, Any] = {
        "access_token": made.access_token,
        "token_type": "Bearer",
        "expires_in": made.expires_in,
        "scope": " ".join(made.scopes),
    }
    if made.refresh_token is not None:
        body["refresh_token"] = made.refresh_token
    if made.signed_in is not None and "openid" in made.scopes:
        body["id_token"] = id_token.signed(asking, client, made, made.signed_in, now)
    return body
