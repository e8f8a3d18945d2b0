"""What a request says of its client: read from header and form, with the keys to check it by."""

from base64 import b64decode
from datetime import datetime
from urllib.parse import unquote_plus

from flask import request

from app.domain.clients import assertions, authenticate, find
from app.domain.clients.authenticate import InvalidClient, Presented
from app.domain.clients.documents import DocumentRefused, UnknownDocument
from app.domain.clients.known import KnownClient
from app.domain.clients.metadata import KEYS, NONE
from app.domain.clients.refusals import OAuthError
from app.web import asked
from app.web.services import services

_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_ENDPOINTS = ("", "/", "/api/oauth/token", "/token")


def read() -> Presented:
    """The one way in which this request would prove its client; two are an error."""
    ways = [way for way in (_in_header(), _in_form(), _signed()) if way is not None]
    if len(ways) > 1:
        raise OAuthError("Prove the client in one way: header, form or assertion.")
    client_id = request.form.get("client_id", "")
    way = ways[0] if ways else Presented(client_id, NONE)
    if not way.client_id:
        raise InvalidClient("Say which client asks: client_id is missing.")
    if client_id not in ("", way.client_id):
        raise OAuthError("client_id is another one than the client proves.")
    return way


def proved(presented: Presented, now: datetime) -> KnownClient:
    """The client that proved itself; only an assertion is used up by its proof, so written down.

    A client that ends between its proof and what it asks for has taken its grants with it.
    """
    presented = _prepared(presented, now)
    if presented.method == NONE:
        return authenticate.public(services().database, presented)
    uses_up = presented.method == KEYS
    opened = services().transaction() if uses_up else services().database.reading()
    with opened as session:
        return authenticate.client(session, presented, now)


def _prepared(presented: Presented, now: datetime) -> Presented:
    """The same with what has to be fetched first; never inside a transaction."""
    its = services()
    if its.documents.is_address(presented.client_id):
        _renew(presented.client_id, now)
    if presented.method != KEYS:
        return presented
    with its.database.reading() as session:
        known = find.by_client_id(session, presented.client_id)
    kid = assertions.unproven(presented.assertion, 0, "kid")
    keys = its.key_sets.keys(known, kid, now) if known else None
    return presented._replace(keys=keys, audiences=_audiences())


def _renew(address: str, now: datetime) -> None:
    """A document that has ended since ends its client."""
    try:
        services().documents.known(address, person_id=None, now=now)
    except (UnknownDocument, DocumentRefused) as error:
        raise InvalidClient(f"The client's document is not good: {error.message}") from error


def _in_header() -> Presented | None:
    """RFC 6749 §2.3.1: both halves are form-encoded; a half that is empty proves nothing."""
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        plain = b64decode(encoded.strip(), validate=True).decode()
    except ValueError as error:
        raise InvalidClient("The Authorization header cannot be read.") from error
    client_id, _, secret = plain.partition(":")
    method = "client_secret_basic" if secret else NONE
    return Presented(unquote_plus(client_id), method, secret=unquote_plus(secret))


def _in_form() -> Presented | None:
    secret = request.form.get("client_secret", "")
    if not secret:
        return None
    return Presented(request.form.get("client_id", ""), "client_secret_post", secret=secret)


def _signed() -> Presented | None:
    """The client of an assertion need not be named beside it (RFC 7521 §4.2)."""
    assertion = request.form.get("client_assertion", "")
    if not assertion:
        return None
    if request.form.get("client_assertion_type") != _ASSERTION:
        raise OAuthError(f"client_assertion_type must be {_ASSERTION}.")
    named = request.form.get("client_id") or assertions.unproven(assertion, 1, "sub")
    return Presented(named or "", KEYS, assertion=assertion)


def _audiences() -> tuple[str, ...]:
    bases = (services().settings.base_url, asked.base())
    return tuple(base + endpoint for base in bases for endpoint in _ENDPOINTS)
