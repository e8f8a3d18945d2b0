"""Pages with one thing to do: whose browser they are shown in, and errors that look like them."""

from typing import Any

from flask import Response, make_response, render_template, request

from app.web import signed_in
from app.web.forms import NO_COOKIE
from app.web.request_ids import request_id


def reader() -> str:
    """The address of whoever is signed in; empty where none is, and where no cookie is read."""
    if request.path.split("/")[1] in NO_COOKIE:
        return ""
    person = signed_in.current()
    return "" if person is None else person.email


def failed(template: str, status: int, **facts: Any) -> Response:
    """A page that says what went wrong, with the request's id for whoever asks for help."""
    told = {"status": status, "request_id": request_id(request.environ)}
    return make_response(render_template(template, **told, **facts), status)
