"""Every road in ends here: a second factor where one is set, then a session and its cookie."""

from typing import NamedTuple

from flask import redirect
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.domain import held, sessions, sign_in
from app.domain.factors.steps import Step, Waiting
from app.domain.sessions import Begun
from app.kit import clock
from app.web import marks, network, signed_in
from app.web.account import pending
from app.web.signed_in import next_path, query

_ELSEWHERE = ("/oauth/", "/authorize")  # pages that may send a browser on to a client


class Entered(NamedTuple):
    """Somebody who came by one of the roads: signed in, or waiting for their second factor."""

    user_id: str
    onward: str
    outcome: Begun | Waiting


def end_former(session: Session) -> None:
    """End the session this browser comes with: nobody signs in under an old id."""
    person = signed_in.anybody()
    if person is not None:
        sessions.end(session, person.session_id, clock.now())


def admit(
    session: Session, user_id: str, onward: str, *, new_password: str | None = None
) -> Entered:
    """Let in whoever has shown one factor, as far as that reaches."""
    outcome = sign_in.admit(
        session,
        user_id,
        network.browser(),
        known=marks.knows(user_id),
        now=clock.now(),
        onward=onward,
        new_password=new_password,
    )
    return _entered(session, user_id, onward, new_password, outcome)


def finish(session: Session, step: Step) -> Entered:
    """Let in whoever has shown the second one, too; a passkey is both."""
    outcome = sign_in.begin(
        session,
        step.user_id,
        network.browser(),
        known=marks.knows(step.user_id),
        now=clock.now(),
        new_password=step.new_password,
    )
    return _entered(session, step.user_id, step.onward, step.new_password, outcome)


def go_on(entered: Entered) -> Response:
    """Send the person on: signed in, or to where the second factor is asked for."""
    if isinstance(entered.outcome, Waiting):
        return pending.begin(entered.outcome)
    answer = redirect(beyond(entered.onward), 303)
    signed_in.remember(answer, entered.outcome)
    pending.end(answer)
    marks.entered(entered.user_id)
    return answer


def beyond(onward: str) -> str:
    """Where to go on to from a form.

    A form may only send to where its page's policy lets it, redirects included, and that page knew
    of no client: so what may lead to one starts anew from a page of its own.
    """
    path = next_path(onward)
    return f"/continue?{signed_in.query(path)}" if path.startswith(_ELSEWHERE) else path


def _entered(
    session: Session,
    user_id: str,
    onward: str,
    new_password: str | None,
    outcome: Begun | Waiting,
) -> Entered:
    """After a reset one is asked first which keys and connections are still one's own."""
    if isinstance(outcome, Begun):
        end_former(session)
        if new_password is not None and held.by_person(session, user_id, clock.now()):
            onward = f"/keep?{query(onward)}"
    return Entered(user_id, onward, outcome)
