"""Replies of the OAuth endpoints as Flask answers them, and the one form of all their refusals."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, request

from app.errors import PolisError
from app.web.oauth import replies
from app.web.oauth.replies import Reply
from app.web.services import services

_PATHS = ("/token", "/register")
_BELOW = "/api/oauth/"
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


def given(reply: Reply) -> Response:
    """A reply as Flask sends it."""
    answer = jsonify(reply.body)
    answer.status_code = reply.status
    answer.headers.update(reply.headers)
    return answer


def told(body: Mapping[str, Any], status: int = 200) -> Response:
    """A JSON answer that no cache keeps."""
    return given(Reply(status, body))


def error(name: str, description: str, status: int = 400) -> Response:
    """A refusal in the words of RFC 6749, with the page that explains it."""
    return given(replies.error(services().settings.base_url, name, description, status))


def refused(problem: PolisError) -> Response:
    """A refusal of the domain as the client is told it."""
    return given(replies.refused(services().settings.base_url, problem))


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
