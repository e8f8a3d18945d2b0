"""The cookie of a sign-in that waits for its second factor."""

from flask import redirect, request
from werkzeug.wrappers import Response

from app.domain.factors import steps
from app.domain.factors.steps import LIFE, Step, Waiting
from app.kit import clock
from app.web.services import services

PAGE = "/login/second"


def begin(waiting: Waiting) -> Response:
    """Send somebody on to where their second factor is asked for."""
    answer = redirect(PAGE, 303)
    answer.set_cookie(
        _name(),
        waiting.secret,
        max_age=int(LIFE.total_seconds()),
        secure=_secure(),
        httponly=True,
        samesite="Lax",
    )
    return answer


def secret() -> str:
    """What this browser holds of a sign-in that waits."""
    return request.cookies.get(_name(), "")


def step() -> Step | None:
    """Whose sign-in waits in this browser."""
    with services().database.reading() as session:
        return steps.look(session, secret(), clock.now())


def end(answer: Response) -> None:
    """Take the cookie back from a browser that has one."""
    if _name() in request.cookies:
        answer.delete_cookie(_name(), secure=_secure(), httponly=True, samesite="Lax")


def _name() -> str:
    return "__Host-polis_step" if _secure() else "polis_step"


def _secure() -> bool:
    return services().settings.base_url.startswith("https://")
