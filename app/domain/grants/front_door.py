"""What an authorization request must be before anybody is asked anything.

A fault of the client or of its redirect address is told to the person. Every other fault goes back
to the client, for then we know where its answers belong (RFC 6749 §4.1.2.1).
"""

import re

from app.domain.clients import redirects
from app.domain.clients.known import KnownClient
from app.domain.grants import rules
from app.domain.grants.parameters import Parameters
from app.domain.grants.request import AuthorizationRequest
from app.errors import Kind, PolisError
from app.kit.plain import plain

_CLIENT_ID = re.compile(r"[\x21-\x7e]{1,500}")
_LONGEST_SHOWN = 500


class Misdirected(PolisError):
    """Client or redirect address do not hold: a page says so, and nobody is sent anywhere."""

    kind = Kind.INVALID
    code = "invalid_request"


class SentBack(PolisError):
    """A refusal that the client is to hear, at its own address."""

    kind = Kind.INVALID
    code = "authorization_refused"

    def __init__(
        self,
        error: str,
        description: str,
        redirect_uri: str,
        state: str | None,
        *,
        at_once: bool = True,
    ) -> None:
        super().__init__(description)
        self.error = error
        self.redirect_uri = redirect_uri
        self.state = state
        self.at_once = at_once  # even where nobody is signed in


def client_id(parameters: Parameters) -> str:
    """Who asks, as it calls itself."""
    sent = parameters.get("client_id")
    if sent is None or "client_id" in parameters.repeated:
        raise Misdirected("The request must name its app by one client_id.")
    if not _CLIENT_ID.fullmatch(sent):
        raise Misdirected("The request's client_id is not one that Polis gives out.")
    return sent


def check(
    parameters: Parameters, client: KnownClient, origins: frozenset[str]
) -> AuthorizationRequest:
    """The request where every rule holds for it; else Misdirected or SentBack."""
    redirect_uri = _redirect_uri(parameters, client)
    state = rules.state(parameters)
    try:
        return AuthorizationRequest(
            client_id=client_id(parameters),
            redirect_uri=redirect_uri,
            state=state,
            **rules.facts(parameters, client, origins),
        )
    except rules.Broken as fault:
        at_once = _at_once(parameters, client, redirect_uri)
        raise SentBack(
            fault.error, fault.description, redirect_uri, state, at_once=at_once
        ) from None


def _at_once(parameters: Parameters, client: KnownClient, redirect_uri: str) -> bool:
    """Whether a stranger may be sent there: a link to us leads to no place that anybody chose.

    RFC 9700 §4.11.2; who wants an answer without a page is the exception it makes.
    """
    silent = "none" in (parameters.get("prompt") or "").split()
    return silent or client.verified or redirects.kind(redirect_uri) == "loopback"


def _redirect_uri(parameters: Parameters, client: KnownClient) -> str:
    sent = parameters.get("redirect_uri")
    if sent is None or "redirect_uri" in parameters.repeated:
        raise Misdirected("The request must name one redirect_uri.")
    if not redirects.allowed(client, sent):
        shown, registered = plain(sent)[:_LONGEST_SHOWN], client.redirect_uris
        raise Misdirected(
            f"This app sent {shown} but registered {' or '.join(registered)}.",
            hint="The two must be the same, letter by letter: tell whoever makes the app.",
            sent=shown,
            registered=registered,
        )
    return sent
