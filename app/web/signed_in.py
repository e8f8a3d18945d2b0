"""Who is signed in by this browser, and what is only for them."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import ParamSpec
from urllib.parse import urlencode

from flask import Flask, Request, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import (
    LoginManager,
    UserMixin,
    current_user,
)
from werkzeug.wrappers import Response

from app.domain import sessions
from app.domain.sessions import LIFE, Begun
from app.domain.signed_in import SignedIn
from app.kit import clock
from app.web import parts, resend
from app.web.services import services

HOME = "/app/"
UNDO = "/undo-deletion"  # of one's account
_LONGEST_NEXT = 8000  # with all around it, what gunicorn takes as the line of a request
_OURS = re.compile(r"/(?!/)[!-\[\]-~]*")  # one slash, then visible ASCII but for the backslash
_DOTS = {".", ".."}

P = ParamSpec("P")


class Somebody(UserMixin):  # type: ignore[misc] # ships no types
    """A signed-in person as flask-login knows one."""

    def __init__(self, person: SignedIn) -> None:
        self.person = person

    def get_id(self) -> str:
        """The person, not the session: that one's secret stays in its own cookie."""
        return self.person.user_id


def guard(app: Flask) -> None:
    """Have flask-login ask us who is there; it keeps nothing in any cookie (decisions/0024).

    `init_app` would write its remember cookie after every answer: it is left out on purpose.
    """
    manager = LoginManager()
    manager.session_protection = None
    manager.request_loader(_loaded)
    app.login_manager = manager  # type: ignore[attr-defined] # where flask-login looks for it
    app.config["REMEMBER_COOKIE_NAME"] = ";"  # no header can hold a cookie of this name


def current() -> SignedIn | None:
    """The person behind this request's cookie, unless their account is being deleted."""
    found = anybody()
    return found if found is None or found.deletion_due_at is None else None


def leaving() -> SignedIn | None:
    """The person behind the cookie whose account is being deleted: they may undo that, no more."""
    found = anybody()
    return found if found is not None and found.deletion_due_at is not None else None


def anybody() -> SignedIn | None:
    """The person behind this request's cookie; the database is asked once a request."""
    found: SignedIn | None = getattr(current_user, "person", None)
    return found


def person() -> SignedIn:
    """Whoever `require` let in."""
    found = current()
    if found is None:
        raise AssertionError("Only for views that somebody has to be signed in for.")
    return found


def is_fresh() -> bool:
    """Whether they have shown within ten minutes who they are."""
    return sessions.is_fresh(person(), clock.now())


def again(typed: Mapping[str, str | Sequence[str]]) -> Response:
    """Have them show who they are, and come back to this page with what they typed.

    It travels in the address: nothing secret may be among it.
    """
    kept = f"{request.path}?{urlencode(typed, doseq=True)}"
    fits = len(query(kept)) <= _LONGEST_NEXT
    return redirect(sign_in_address(kept if fits else request.path, again=True), 303)


def require(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Show a view to whoever is signed in; others sign in first and come back."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        return view(*args, **kwargs) if current() else _away()

    return guarded


def require_fresh(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """The same, and they must have shown who they are within ten minutes."""

    @wraps(view)
    def fresh(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        person = current()
        if person is None:
            return _away()
        if not sessions.is_fresh(person, clock.now()):
            return parts.onward(sign_in_address(_here(), again=True))
        return view(*args, **kwargs)

    return fresh


def _away() -> Response:
    """To sign in, or for whoever's account is being deleted to keep it."""
    if leaving():
        return parts.onward(UNDO)
    return resend.offered(signed_out=True) or parts.onward(sign_in_address(_here()))


def sign_in_address(path: str, *, again: bool = False) -> str:
    """Where somebody signs in to come back to a path of ours."""
    return f"/login?{query(path)}{'&again=1' if again else ''}"


def query(path: str) -> str:
    """A path as the parameter that carries it from page to page."""
    return urlencode({"next": path})


def next_path(value: str | None) -> str:
    """A path of ours to go on to; whatever could lead elsewhere leads home."""
    path = value or ""
    dots = _DOTS.isdisjoint(path.partition("?")[0].split("/"))
    return path if dots and len(path) <= _LONGEST_NEXT and _OURS.fullmatch(path) else HOME


def remember(response: Response, begun: Begun) -> None:
    """Give a browser its session's secret."""
    secure = services().settings.base_url.startswith("https://")
    response.set_cookie(
        _cookie(),
        begun.secret,
        max_age=int(LIFE.total_seconds()),
        secure=secure,
        httponly=True,
        samesite="Lax",
    )


def forget(response: Response) -> None:
    """Take a session's secret back."""
    secure = services().settings.base_url.startswith("https://")
    response.delete_cookie(_cookie(), secure=secure, httponly=True, samesite="Lax")


def _loaded(request: Request) -> Somebody | None:
    person = _resumed(request.cookies.get(_cookie(), ""))
    return None if person is None else Somebody(person)


def _resumed(secret: str) -> SignedIn | None:
    if not secret:
        return None
    now = clock.now()
    with services().database.reading() as session:
        found = sessions.resume(session, secret, now)
    if found is None:
        return None
    if found.unseen:
        with services().transaction() as session:
            sessions.seen(session, found.person.session_id, now)
    return found.person


def _cookie() -> str:
    """Browsers hold a `__Host-` cookie to this one host, over TLS."""
    return "__Host-polis" if services().settings.base_url.startswith("https://") else "polis"


def _here() -> str:
    """What was asked for; a part of a page, and an answer to a form, by its page."""
    if parts.is_partial():
        return next_path(parts.page_around())
    return request.full_path.removesuffix("?") if request.method == "GET" else request.path
