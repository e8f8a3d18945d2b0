"""What the OAuth endpoints answer: JSON nobody keeps, refusals in the form of RFC 6749 §5.2."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, request

from app.domain.clients.refusals import OAuthError
from app.errors import Kind, PolisError
from app.web.services import services

_PATHS = ("/token", "/register")
_BELOW = "/api/oauth/"
_KINDS = {
    Kind.UNAUTHENTICATED: (401, "invalid_token"),
    Kind.FORBIDDEN: (403, "access_denied"),
    Kind.THROTTLED: (429, "temporarily_unavailable"),
    Kind.UNAVAILABLE: (503, "temporarily_unavailable"),
}
_STATUSES = {
    404: ("invalid_request", "There is no such endpoint."),
    405: ("invalid_request", "This endpoint is called with another method; see Allow."),
    413: ("invalid_request", "The request is too large."),
    429: ("temporarily_unavailable", "Too many requests."),
    503: ("temporarily_unavailable", "Try again in a moment."),
}


def shape(blueprint: Blueprint) -> None:
    """Give every refusal of the endpoints, wherever it comes from, the one form."""
    blueprint.register_error_handler(PolisError, refused)
    blueprint.after_app_request(_reshaped)


def told(body: Mapping[str, Any], status: int = 200) -> Response:
    """A JSON answer that no cache keeps."""
    answer = jsonify(body)
    answer.status_code = status
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Pragma"] = "no-cache"
    return answer


def error(name: str, description: str, status: int = 400) -> Response:
    """A refusal in the words of RFC 6749, with the page that explains it."""
    page = f"{services().settings.base_url}/docs/troubleshooting#{name}"
    body = {"error": name, "error_description": _printable(description), "error_uri": page}
    return told(body, status)


def refused(problem: PolisError) -> Response:
    """A refusal of the domain as the client is told it."""
    status, name = _KINDS.get(problem.kind, (400, "invalid_request"))
    if isinstance(problem, OAuthError):
        name = problem.error
    answer = error(name, f"{problem.message} {problem.hint}".strip(), status)
    wait = problem.details.get("retry_after_s")
    if wait is not None:
        answer.headers["Retry-After"] = str(wait)
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = _challenge(name)
    return answer


def _reshaped(response: Response) -> Response:
    """What failed before or below a view has another form: only its status is kept."""
    ours = request.path in _PATHS or request.path.startswith(_BELOW)
    if response.status_code < 400 or not ours or _has_the_form(response):
        return response
    unknown = ("invalid_request", "The request cannot be read.")
    if response.status_code >= 500:
        unknown = ("server_error", "Something broke on our side; try again.")
    answer = error(*_STATUSES.get(response.status_code, unknown), response.status_code)
    response.headers.update(answer.headers)
    response.set_data(answer.get_data())
    return response


def _has_the_form(response: Response) -> bool:
    body = response.get_json(silent=True) if response.is_json else None
    return isinstance(body, dict) and isinstance(body.get("error"), str)


def _challenge(name: str) -> str:
    """RFC 6749 §5.2 wants the scheme the client tried; Basic opens no dialog in a fetch."""
    scheme = "Basic" if name == "invalid_client" else "Bearer"
    return f'{scheme} realm="Polis", error="{name}"'


def _printable(text: str) -> str:
    """RFC 6749 §5.2 leaves quotes, backslashes and what is not ASCII out of a description."""
    return "".join(c if " " <= c <= "~" and c not in '"\\' else "'" for c in text)
