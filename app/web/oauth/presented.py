"""What a program says of its client: read from header and form, with the keys to check it by."""

from base64 import b64decode
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import unquote_plus

from app.bootstrap import Services
from app.domain.clients import assertions, authenticate, find
from app.domain.clients.authenticate import InvalidClient, Presented
from app.domain.clients.documents import DocumentRefused, UnknownDocument
from app.domain.clients.known import KnownClient
from app.domain.clients.metadata import KEYS, NONE
from app.domain.clients.refusals import OAuthError
from app.web.oauth.program import Program

_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_ENDPOINTS = ("", "/", "/api/oauth/token", "/token")


def read(asking: Program) -> Presented:
    """The one way in which a program would prove its client; two are an error."""
    form = asking.form
    each = (_in_header(asking.authorization), _in_form(form), _signed(form))
    ways = [way for way in each if way is not None]
    if len(ways) > 1:
        raise OAuthError("Prove the client in one way: header, form or assertion.")
    client_id = form.get("client_id", "")
    way = ways[0] if ways else Presented(client_id, NONE)
    if not way.client_id:
        raise InvalidClient("Say which client asks: client_id is missing.")
    if client_id not in ("", way.client_id):
        raise OAuthError("client_id is another one than the client proves.")
    return way


def proved(asking: Program, presented: Presented, now: datetime) -> KnownClient:
    """The client that proved itself; only an assertion is used up by its proof, so written down.

    A client that ends between its proof and what it asks for has taken its grants with it.
    """
    its = asking.services
    presented = _prepared(asking, presented, now)
    if presented.method == NONE:
        return authenticate.public(its.database, presented)
    uses_up = presented.method == KEYS
    opened = its.transaction() if uses_up else its.database.reading()
    with opened as session:
        return authenticate.client(session, presented, now)


def _prepared(asking: Program, presented: Presented, now: datetime) -> Presented:
    """The same with what has to be fetched first; never inside a transaction."""
    its = asking.services
    if its.documents.is_address(presented.client_id):
        _renew(its, presented.client_id, now)
    if presented.method != KEYS:
        return presented
    with its.database.reading() as session:
        known = find.by_client_id(session, presented.client_id)
    kid = assertions.unproven(presented.assertion, 0, "kid")
    keys = its.key_sets.keys(known, kid, now) if known else None
    return presented._replace(keys=keys, audiences=_audiences(asking))


def _renew(its: Services, address: str, now: datetime) -> None:
    """A document that has ended since ends its client."""
    try:
        its.documents.known(address, person_id=None, now=now)
    except (UnknownDocument, DocumentRefused) as error:
        raise InvalidClient(f"The client's document is not good: {error.message}") from error


def _in_header(authorization: str) -> Presented | None:
    """RFC 6749 §2.3.1: both halves are form-encoded; a half that is empty proves nothing."""
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        plain = b64decode(encoded.strip(), validate=True).decode()
    except ValueError as error:
        raise InvalidClient("The Authorization header cannot be read.") from error
    client_id, _, secret = plain.partition(":")
    method = "client_secret_basic" if secret else NONE
    return Presented(unquote_plus(client_id), method, secret=unquote_plus(secret))


def _in_form(form: Mapping[str, str]) -> Presented | None:
    secret = form.get("client_secret", "")
    if not secret:
        return None
    return Presented(form.get("client_id", ""), "client_secret_post", secret=secret)


def _signed(form: Mapping[str, str]) -> Presented | None:
    """The client of an assertion need not be named beside it (RFC 7521 §4.2)."""
    assertion = form.get("client_assertion", "")
    if not assertion:
        return None
    if form.get("client_assertion_type") != _ASSERTION:
        raise OAuthError(f"client_assertion_type must be {_ASSERTION}.")
    named = form.get("client_id") or assertions.unproven(assertion, 1, "sub")
    return Presented(named or "", KEYS, assertion=assertion)


def _audiences(asking: Program) -> tuple[str, ...]:
    bases = (asking.services.settings.base_url, asking.base)
    return tuple(base + endpoint for base in bases for endpoint in _ENDPOINTS)
