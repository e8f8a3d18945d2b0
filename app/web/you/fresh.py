"""What only somebody may do who has shown within ten minutes who they are."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import redirect
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.web import place, signed_in

PROFILE = "/app/settings"
SECURITY = "/app/settings/security"

P = ParamSpec("P")


def require(
    back: str = SECURITY,
) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Guard a view; whoever signed in too long ago does so again and comes back to a page."""

    def guarded(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def inside(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if not signed_in.is_fresh():
                return redirect(signed_in.sign_in_address(back, again=True), 303)
            return view(*args, **kwargs)

        return place.require()(inside)

    return guarded


def done(what: str) -> Response:
    """Back to the page on security, which says what was done."""
    return redirect(f"{SECURITY}?done={what}", 303)
