"""Dynamic registration and its management (RFC 7591, RFC 7592)."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from app.domain import networks
from app.domain.clients import manage, register
from app.domain.clients.refusals import InvalidMetadata, InvalidRegistrationToken
from app.domain.clients.register import Registered
from app.kit import clock
from app.web import asked, counted, network
from app.web.oauth import answers, blueprint, counting
from app.web.services import services

_PATH = "/api/oauth/register"
_LARGEST = 16 * 1024


@blueprint.post(_PATH)
def registration() -> Response:
    """Register a client; whoever may not any more is told when to come back."""
    now = clock.now()
    _count(now)
    said = _said()
    with services().transaction() as session:
        made = register.register(
            session, said, own_host=_own_host(), address=network.address(), now=now
        )
    return _told(made, 201)


@blueprint.get(f"{_PATH}/<client_id>")
def registration_read(client_id: str) -> Response:
    """The registration as it stands."""
    counting.client("registration", client_id, clock.now())
    with services().database.reading() as session:
        return _told(manage.read(session, client_id, _token()))


@blueprint.put(f"{_PATH}/<client_id>")
def registration_change(client_id: str) -> Response:
    """Another registration in its place, under a new token."""
    now = clock.now()
    counting.client("registration", client_id, now)
    said, token = _said(), _token()
    with services().transaction() as session:
        made = manage.change(session, client_id, token, said, own_host=_own_host(), now=now)
    return _told(made)


@blueprint.delete(f"{_PATH}/<client_id>")
def registration_end(client_id: str) -> Response:
    """The end of the client and of everything it was granted."""
    now = clock.now()
    counting.client("registration", client_id, now)
    with services().transaction() as session:
        manage.remove(session, client_id, _token(), now)
    return Response(status=204, headers={"Cache-Control": "no-store"})


def _said() -> dict[str, Any]:
    """The JSON object of the request; whatever else it is, its sender is told so."""
    body = request.stream.read(_LARGEST + 1)
    if len(body) > _LARGEST:
        raise RequestEntityTooLarge
    try:
        said = json.loads(body)
        json.dumps(said, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise InvalidMetadata("Send a JSON object.")
    return said


def _token() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise InvalidRegistrationToken("Send the registration token as a bearer.")
    return token.strip()


def _count(now: datetime) -> None:
    """A range many people share is one sender with room for them all."""
    address = network.address()
    many = networks.shared(address, services().settings.shared_egress)
    counted.take("register_shared" if many else "register", many or networks.of(address), now)


def _told(made: Registered, status: int = 200) -> Response:
    facts = dict(made.facts)
    if made.secret is not None:
        facts |= {"client_secret": made.secret, "client_secret_expires_at": 0}
    facts["registration_access_token"] = made.token
    facts["registration_client_uri"] = f"{asked.base()}{_PATH}/{made.client_id}"
    return answers.told(facts, status)


def _own_host() -> str:
    return urlsplit(services().settings.base_url).hostname or ""
