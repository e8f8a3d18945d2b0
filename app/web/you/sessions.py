"""Signing browsers out: one, every other, or all of them."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from app.domain import own_sessions, sessions
from app.kit import clock
from app.web import marks, place, signed_in
from app.web.services import services
from app.web.you import blueprint, fresh

_PATH = "/app/settings/sessions"


@blueprint.post(f"{_PATH}/<session_id>/end")
@place.require()
def session_end(session_id: str) -> ResponseReturnValue:
    """Sign one browser out, from its next request on."""
    with services().transaction() as session:
        own_sessions.end(session, place.here().person, session_id, clock.now())
    return fresh.done("ended")


@blueprint.post(_PATH)
@place.require()
def sessions_end() -> ResponseReturnValue:
    """Sign every other browser out; with "everywhere", this one, too."""
    person, everywhere = place.here().person, request.form.get("which") == "everywhere"
    with services().transaction() as session:
        but = None if everywhere else person.session_id
        sessions.end_all(session, person.user_id, clock.now(), but=but)
    if not everywhere:
        return fresh.done("others")
    answer = redirect("/login", 303)
    signed_in.forget(answer)
    marks.left()
    return answer
