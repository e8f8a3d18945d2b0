"""One authorization request on its way: who asks, what for, and who sits at the browser."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import request

from app.domain.clients import find
from app.domain.clients.known import KnownClient
from app.domain.grants import audience, front_door
from app.domain.grants.front_door import Misdirected, SentBack
from app.domain.grants.parameters import Parameters
from app.domain.grants.request import AuthorizationRequest
from app.domain.signed_in import SignedIn
from app.kit import clock
from app.web import asked, signed_in
from app.web.oauth import chosen, detour, words
from app.web.services import services

_OURS = {detour.MARK, chosen.NAME}


@dataclass(frozen=True, slots=True)
class Asking:
    """A checked request, its client, and the person, where somebody is signed in."""

    request: AuthorizationRequest
    client: KnownClient
    parameters: Parameters
    person: SignedIn | None
    now: datetime

    @property
    def silent(self) -> bool:
        """Whether the client wants an answer without a page."""
        return "none" in self.request.prompt

    def refusal(self, error: str, description: str) -> SentBack:
        """A refusal for this request's client."""
        return SentBack(error, description, self.request.redirect_uri, self.request.state)


def read() -> Asking:
    """The request of this URL, or the refusal that stands at the front door."""
    parameters = Parameters(request.query_string.decode("latin-1"))
    person, now = signed_in.current(), clock.now()
    client = _client(front_door.client_id(parameters), person, now)
    settings = services().settings
    port = int(settings.bind.rpartition(":")[2] or 0)
    ours = audience.origins(settings.base_url, development=settings.development, port=port)
    return Asking(front_door.check(parameters, client, ours), client, parameters, person, now)


def here() -> str:
    """This request's own address, every byte of it, without what we put beside it."""
    sent = request.query_string.decode("latin-1").split("&")
    kept = "&".join(part for part in sent if part and part.partition("=")[0] not in _OURS)
    return f"/oauth/authorize?{kept}"


def address(of: AuthorizationRequest) -> str:
    """A request that was kept, as its client sent it: state has a character for each byte."""
    sent = {
        "client_id": of.client_id,
        "redirect_uri": of.redirect_uri,
        "response_type": "code",
        "scope": " ".join(of.scopes),
        "code_challenge": of.challenge,
        "code_challenge_method": "S256",
        "resource": of.audience and f"{asked.base()}{of.audience}",
        "nonce": of.nonce,
        "sub_type": of.subject_kind,
        "prompt": " ".join(of.prompt),
        "max_age": of.max_age,
    }
    state = (of.state or "").encode("latin-1")
    kept = {name: value for name, value in sent.items() if value not in (None, "")}
    return "/oauth/authorize?" + urlencode(kept | ({"state": state} if state else {}))


def sign_in_address(path: str, *, again: bool) -> str:
    """Where somebody signs in to come back to a request; the mark says when they left."""
    return signed_in.sign_in_address(detour.marked(path, clock.now()), again=again)


def facts(asked: Asking) -> dict[str, Any]:
    """What every page of a request shows."""
    return {
        "client": asked.client,
        "person": asked.person,
        "place": words.place(asked.request.redirect_uri),
        "here": here(),
        "elsewhere": sign_in_address(here(), again=True),
    }


def client_of(client_id: str) -> KnownClient:
    """A client that is known already, as it stands now."""
    with services().database.reading() as session:
        found = find.by_client_id(session, client_id)
    if found is None:
        raise Misdirected(
            "Polis does not know this app, or not any more.",
            hint="Remove the connection in the app and add it again: the app then registers anew.",
        )
    return found


def _client(client_id: str, person: SignedIn | None, now: datetime) -> KnownClient:
    """An address that nobody here has asked about yet is looked up for somebody signed in."""
    documents = services().documents
    if not documents.is_address(client_id):
        return client_of(client_id)
    return documents.known(client_id, person_id=person.user_id if person else None, now=now)
