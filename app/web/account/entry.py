"""Every road in ends here: a new session, its cookie, and on to what one came for."""

from flask import redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.domain import sessions, sign_in
from app.domain.sessions import Begun, Browser
from app.kit import clock
from app.web import network, signed_in
from app.web.account import marks
from app.web.signed_in import next_path

_ELSEWHERE = ("/oauth/", "/authorize")  # pages that may send a browser on to a client


def browser() -> Browser:
    """The browser that asks."""
    return Browser(network.address(), request.headers.get("User-Agent", ""))


def end_former(session: Session) -> None:
    """End the session this browser comes with: nobody signs in under an old id."""
    person = signed_in.current()
    if person is not None:
        sessions.end(session, person.session_id, clock.now())


def admit(session: Session, user_id: str) -> Begun:
    """A session for whoever has shown that they are this person."""
    end_former(session)
    known = marks.knows(user_id)
    return sign_in.admit(session, user_id, browser(), known=known, now=clock.now())


def go_on(begun: Begun, user_id: str, onward: str) -> Response:
    """Send the person on, signed in."""
    answer = redirect(beyond(onward), 303)
    signed_in.remember(answer, begun)
    marks.entered(user_id)
    return answer


def beyond(onward: str) -> str:
    """Where to go on to from a form.

    A form may only send to where its page's policy lets it, redirects included, and that page knew
    of no client: so what may lead to one starts anew from a page of its own.
    """
    path = next_path(onward)
    return f"/continue?{signed_in.query(path)}" if path.startswith(_ELSEWHERE) else path
