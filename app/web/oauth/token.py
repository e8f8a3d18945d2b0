"""The token endpoint: a code, a refresh token or an app's own proof in, tokens out."""

from datetime import datetime
from typing import Any

from flask import Response

from app.domain.clients.known import KnownClient
from app.domain.grants.answers import Denied, Tokens
from app.kit import clock
from app.web.oauth import answers, blueprint, counting, flows, form, id_token, presented
from app.web.services import services

_PRESENTED = ("refresh_token", "code", "device_code", "client_secret")


@blueprint.post("/api/oauth/token")
def token() -> Response:
    """Tokens for what a client presents (RFC 6749 §3.2), or the reason there are none."""
    asked, shown, now = form.read(), presented.read(), clock.now()
    counting.presented("token", shown.client_id, _secret(asked), now)
    client = presented.proved(shown, now)
    with services().transaction() as session:
        made = flows.decide(session, client, shown, asked, now)
    if isinstance(made, Denied):
        return answers.error(made.error, made.description)
    return answers.told(_told(client, made, now))


def _secret(asked: dict[str, str]) -> str:
    return next((asked[name] for name in _PRESENTED if name in asked), "")


def _told(client: KnownClient, made: Tokens, now: datetime) -> dict[str, Any]:
    body: dict[str, Any] = {
        "access_token": made.access_token,
        "token_type": "Bearer",
        "expires_in": made.expires_in,
        "scope": " ".join(made.scopes),
    }
    if made.refresh_token is not None:
        body["refresh_token"] = made.refresh_token
    if made.signed_in is not None and "openid" in made.scopes:
        body["id_token"] = id_token.signed(client, made, made.signed_in, now)
    return body
