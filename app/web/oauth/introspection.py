"""Introspection (RFC 7662): a client asks about a token of its own."""

from datetime import datetime
from typing import Any

from flask import Response
from sqlalchemy.orm import Session

from app.domain.clients import authenticate
from app.domain.clients.known import KnownClient
from app.domain.clients.refusals import InvalidClient
from app.domain.grants import audience, introspect
from app.kit import clock
from app.web import asked
from app.web.oauth import answers, blueprint, counting, form, presented, program
from app.web.oauth.program import Program
from app.web.services import services


@blueprint.post("/api/oauth/introspect")
def introspection() -> Response:
    """What a living token of the asking client stands for; all else is `active: false`."""
    asking, now = program.here(), clock.now()
    token = asking.form.get("token", "")
    scheme, _, bearer = asking.authorization.partition(" ")
    if scheme.lower() == "bearer":
        counting.presented(asking, "introspect", "", token, now)
        form.needed(asking.form, "token")
        with services().database.reading() as session:
            facts = _by_itself(session, bearer.strip(), token, now)
    else:
        shown = counting.shown(asking, "introspect", token, now)
        form.needed(asking.form, "token")
        client = _proved(asking, shown, now)
        with services().database.reading() as session:
            facts = introspect.of(session, client, token, now)
    return answers.told({"active": False} if facts is None else _told(facts))


def _by_itself(session: Session, bearer: str, token: str, now: datetime) -> dict[str, Any] | None:
    """A public client keeps no secret: the token it asks about is what it shows."""
    client = introspect.holder(session, token) if bearer == token else None
    return None if client is None else introspect.of(session, client, token, now)


def _proved(asking: Program, shown: authenticate.Presented, now: datetime) -> KnownClient:
    """A client_id alone proves nothing here."""
    client = presented.proved(asking, shown, now)
    if client.is_public or shown.method == "none":
        raise InvalidClient("Send the token itself as bearer, or prove the client.")
    return client


def _told(facts: dict[str, Any]) -> dict[str, Any]:
    base, path = asked.base(), facts.pop("audience")
    names = audience.NAMES if path is None else (path,)
    return facts | {"iss": base, "aud": [f"{base}{name}" for name in names]}
