"""The rules of an authorization request, one by one; each fault names what would be right."""

import re
from collections.abc import Callable
from typing import Any

from app.domain.clients.known import KnownClient
from app.domain.grants import audience, scopes
from app.domain.grants.answers import Denied
from app.domain.grants.parameters import Parameters

LONGEST_STATE = 2_000
LONGEST_NONCE = 500
PROMPTS = ("none", "login", "consent")

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")  # SHA-256 in base64url (RFC 7636 §4.2)
_SECONDS = re.compile(r"[0-9]{1,9}")
_SUBJECTS = ("user", "organization")
_LONGEST_HINT = 254
_UNSUPPORTED = {  # OpenID Connect Core §6, §7.2.1
    "request": "request_not_supported",
    "request_uri": "request_uri_not_supported",
    "registration": "registration_not_supported",
}


class Broken(Exception):
    """What a rule found, before it is known where it goes."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.error = error
        self.description = description


def facts(parameters: Parameters, client: KnownClient, origins: frozenset[str]) -> dict[str, Any]:
    """What a request asks for besides where its answer goes, or the first rule it breaks."""
    for gate in _GATES:
        gate(parameters, client)
    read = {name: rule(parameters, client) for name, rule in _FACTS.items()}
    return {**read, "audience": _audience(parameters, origins)}


def state(parameters: Parameters) -> str | None:
    """What goes back byte for byte, where it can go back at all; `_lengths` refuses the rest."""
    sent = parameters.as_sent("state")
    return sent if "state" not in parameters.repeated and len(sent or "") <= LONGEST_STATE else None


def _once(parameters: Parameters, _client: KnownClient) -> None:
    if parameters.repeated:
        names = [name for name in parameters.repeated if name.isidentifier()]
        named = f"The parameter {names[0][:40]}" if names else "A parameter"
        raise Broken("invalid_request", f"{named} is there more than once.")


def _lengths(parameters: Parameters, _client: KnownClient) -> None:
    if len(parameters.as_sent("state") or "") > LONGEST_STATE:
        raise Broken("invalid_request", f"state has at most {LONGEST_STATE} characters.")


def _plain_request(parameters: Parameters, _client: KnownClient) -> None:
    for name, error in _UNSUPPORTED.items():
        if parameters.get(name) is not None:
            raise Broken(error, f"The parameter {name} is not supported.")


def _code_only(parameters: Parameters, client: KnownClient) -> None:
    if parameters.get("response_mode") not in {None, "query"}:
        raise Broken("invalid_request", "response_mode is query.")
    if parameters.get("response_type") is None:
        raise Broken("invalid_request", "response_type is missing; it is code.")
    if parameters.get("response_type") != "code":
        raise Broken("unsupported_response_type", "response_type is code.")
    if "authorization_code" not in client.grant_types:
        raise Broken("unauthorized_client", "This app is not registered for authorization_code.")


def _challenge(parameters: Parameters, _client: KnownClient) -> str:
    """From everybody, and only as a digest: nothing to downgrade to (RFC 9700 §2.1.1)."""
    sent = parameters.get("code_challenge")
    if sent is None:
        raise Broken("invalid_request", "code_challenge is missing (PKCE, RFC 7636).")
    if parameters.get("code_challenge_method") != "S256":
        raise Broken("invalid_request", "code_challenge_method is S256.")
    if not _CHALLENGE.fullmatch(sent):
        raise Broken("invalid_request", "code_challenge is 43 characters of base64url.")
    return sent


def _scopes(parameters: Parameters, client: KnownClient) -> tuple[str, ...]:
    found = scopes.asked_by(client, parameters.get("scope"))
    if isinstance(found, Denied):
        raise Broken(found.error, _ascii(found.description))
    return found


def _nonce(parameters: Parameters, _client: KnownClient) -> str | None:
    sent = parameters.get("nonce")
    if sent is not None and not (len(sent) <= LONGEST_NONCE and sent.isprintable()):
        raise Broken("invalid_request", f"nonce has at most {LONGEST_NONCE} plain characters.")
    return sent


def _prompt(parameters: Parameters, _client: KnownClient) -> tuple[str, ...]:
    sent = tuple((parameters.get("prompt") or "").split())
    if not set(sent) <= set(PROMPTS):
        raise Broken("invalid_request", "prompt is none, login or consent.")
    if "none" in sent and len(sent) > 1:
        raise Broken("invalid_request", "prompt=none stands alone.")
    return sent


def _max_age(parameters: Parameters, _client: KnownClient) -> int | None:
    sent = parameters.get("max_age")
    if sent is not None and not _SECONDS.fullmatch(sent):
        raise Broken("invalid_request", "max_age is a number of seconds.")
    return None if sent is None else int(sent)


def _subject_kind(parameters: Parameters, _client: KnownClient) -> str:
    sent = parameters.get("sub_type") or "user"
    if sent not in _SUBJECTS:
        raise Broken("invalid_request", "sub_type is user or organization.")
    return sent


def _login_hint(parameters: Parameters, _client: KnownClient) -> str | None:
    sent = parameters.get("login_hint")
    return sent if sent and len(sent) <= _LONGEST_HINT and sent.isprintable() else None


def _audience(parameters: Parameters, origins: frozenset[str]) -> str | None:
    sent = parameters.get("resource")
    path = None if sent is None else audience.path_of(sent, origins)
    if sent is not None and path is None:
        raise Broken(
            "invalid_target", "resource is the address of the MCP endpoint you connect to."
        )
    return path


def _ascii(text: str) -> str:
    """Only what an error_description may hold (RFC 6749 §4.1.2.1)."""
    return "".join(c for c in text if " " <= c <= "~" and c not in '"\\')


_Rule = Callable[[Parameters, KnownClient], Any]

# In this order, so that a client with several faults hears of the coarsest first.
_GATES: tuple[_Rule, ...] = (_once, _lengths, _plain_request, _code_only)
_FACTS: dict[str, _Rule] = {
    "challenge": _challenge,
    "scopes": _scopes,
    "nonce": _nonce,
    "prompt": _prompt,
    "max_age": _max_age,
    "subject_kind": _subject_kind,
    "login_hint": _login_hint,
}
