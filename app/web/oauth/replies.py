"""What the OAuth endpoints reply: JSON nobody keeps, refusals in the form of RFC 6749 §5.2."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NamedTuple

from app.domain.clients.refusals import OAuthError
from app.errors import Kind, PolisError

Header = tuple[str, str]

_KEPT_BY_NOBODY = (("Cache-Control", "no-store"), ("Pragma", "no-cache"))
_KINDS = {
    Kind.UNAUTHENTICATED: (401, "invalid_token"),
    Kind.FORBIDDEN: (403, "access_denied"),
    Kind.THROTTLED: (429, "temporarily_unavailable"),
    Kind.UNAVAILABLE: (503, "temporarily_unavailable"),
}

_OTHERS = (400, "invalid_request")


class Reply(NamedTuple):
    """A status, a JSON object and the headers that go with them."""

    status: int
    body: Mapping[str, Any]
    headers: tuple[Header, ...] = _KEPT_BY_NOBODY


def error(base_url: str, name: str, description: str, status: int = 400) -> Reply:
    """A refusal in the words of RFC 6749, with the page that explains it."""
    page = f"{base_url}/docs/troubleshooting#{name}"
    body = {"error": name, "error_description": _printable(description), "error_uri": page}
    return Reply(status, body)


def named(problem: PolisError) -> str:
    """A refusal's name among the errors of RFC 6749."""
    if isinstance(problem, OAuthError):
        return problem.error
    return _KINDS.get(problem.kind, _OTHERS)[1]


def refused(base_url: str, problem: PolisError) -> Reply:
    """A refusal of the domain as the client is told it."""
    status, _ = _KINDS.get(problem.kind, _OTHERS)
    name = named(problem)
    reply = error(base_url, name, f"{problem.message} {problem.hint}".strip(), status)
    wait = problem.details.get("retry_after_s")
    more: tuple[Header, ...] = () if wait is None else (("Retry-After", str(wait)),)
    if status == HTTPStatus.UNAUTHORIZED:
        more += (("WWW-Authenticate", _challenge(name)),)
    return reply._replace(headers=reply.headers + more)


def _challenge(name: str) -> str:
    """RFC 6749 §5.2 wants the scheme the client tried; Basic opens no dialog in a fetch."""
    scheme = "Basic" if name == "invalid_client" else "Bearer"
    return f'{scheme} realm="Polis", error="{name}"'


def _printable(text: str) -> str:
    """RFC 6749 §5.2 leaves quotes, backslashes and what is not ASCII out of a description."""
    return "".join(c if " " <= c <= "~" and c not in '"\\' else "'" for c in text)
