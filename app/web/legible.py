"""What reaches a page can be kept: PostgreSQL refuses a NUL as no text at all.

Programs' own endpoints read what they are sent by their own rules.
"""

from flask import Flask, Response, abort, request

from app.web.failures import failure
from app.web.forms import NO_COOKIE


def guard(app: Flask) -> None:
    """Refuse, before any view, arguments nothing of ours has and forms nobody can type."""

    @app.before_request
    def _legible() -> Response | None:
        first = request.path.split("/")[1]
        arguments = (request.view_args or {}).values()
        if first != "api" and not all(str(each).isprintable() for each in arguments):
            abort(404)
        return _unwritable() if first not in NO_COOKIE and _holds_nul() else None


def _holds_nul() -> bool:
    return any("\0" in value for _, value in request.form.items(multi=True))


def _unwritable() -> Response:
    message = "A field holds a character that nobody can type."
    hint = "Go back, take it out and send the form again. Nothing was changed."
    return failure(400, "invalid_request", message, hint)
