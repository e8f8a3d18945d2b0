"""An error as an answer: JSON for programs, a page for people, nothing for a page's own parts."""

from collections.abc import Sequence
from typing import Any

from flask import Response, g, jsonify, make_response, render_template, request

from app.db import DatabaseAway
from app.web import place, signed_in, texts
from app.web.near import Near
from app.web.place import Place
from app.web.request_ids import request_id

_GONE = (403, 404)  # not theirs, or not there any more


def failure(
    status: int,
    code: str,
    message: str,
    hint: str,
    nearest: Sequence[Near] = (),
    *,
    details: dict[str, object] | None = None,
) -> Response:
    """An error in the shape the asker reads, with the pages they may have meant."""
    told: dict[str, Any] = {
        "message": message, "hint": hint, "request_id": request_id(request.environ)
    }  # fmt: skip
    if request.path.startswith("/api/"):
        return _for_a_program(status, told | {"code": code, "details": details or {}})
    facts = told | {"status": status, "nearest": nearest}
    here = _place(status)
    if here is not None:
        more = {"layout": "shell.html", "place": here, "person": here.person}
        answer = texts.scripted(render_template("error.html", **more, **facts), status)
    else:
        person = signed_in.current() if "_login_user" in g else None  # nobody is looked up for it
        page = render_template("error.html", person=person, **facts)
        answer = make_response(page, status)
    return _for_a_part(answer) if place.is_partial() else answer


def _for_a_program(status: int, error: dict[str, Any]) -> Response:
    """The shape and the headers every refusal of the REST twin has."""
    answer = make_response(jsonify(error=error), status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _place(status: int) -> Place | None:
    """Whose page went wrong; what broke on our side may be the dashboard itself."""
    if not place.of_dashboard() or status >= 500:
        return None
    try:
        return place.anywhere()
    except DatabaseAway:
        return None


def _for_a_part(answer: Response) -> Response:
    """The page stays as it is and asks again; where its thing is gone, it is opened anew."""
    if request.method == "GET" and answer.status_code in _GONE:
        answer.headers["HX-Refresh"] = "true"
    answer.headers["HX-Reswap"] = "none"
    return answer
