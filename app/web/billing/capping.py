"""The cap on overage: what an amount would mean, and setting it."""

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.billing import cap
from app.domain.rights import Right
from app.domain.sessions import SignInAgain
from app.errors import Conflict, InvalidInput
from app.kit import clock
from app.web import place, signed_in, texts
from app.web.billing import blueprint, desk, meaning, overview
from app.web.services import services

_PATH = f"{desk.PAGE}/cap"
_LONGEST = 20


@blueprint.get(_PATH)
@place.require(Right.BILLING)
def thought_of() -> Response:
    """What a cap would mean: the part of the page that htmx asks for, or the page with it."""
    typed = _typed(request.args.get("cap", ""))
    if not place.is_partial():
        return overview.page(typed)
    ahead = overview.ahead()
    told, problem = meaning.typed(ahead, typed) if cap.can_have(ahead.standing) else (None, "")
    return texts.scripted(render_template("billing/meaning.html", told=told, problem=problem))


@blueprint.post(_PATH)
@place.require(Right.BILLING)
def put() -> ResponseReturnValue:
    """Set it, or say what it would mean; raising it takes a fresh sign-in."""
    typed, here = _typed(request.form.get("cap", "")), place.here()
    if request.form.get("do") == "look":
        return overview.page(typed)
    try:
        micros = cap.read(typed)
        with services().transaction() as session:
            cap.set_cap(
                session,
                here.organization.id,
                desk.mode(),
                micros,
                fresh=signed_in.is_fresh(),
                actor=here.person.user_id,
                now=clock.now(),
            )
    except InvalidInput:
        return overview.page(typed)
    except Conflict as refusal:
        return overview.page(typed, desk.refused(refusal))
    except SignInAgain:
        return signed_in.again({"cap": typed})
    return redirect(f"{desk.PAGE}?done=cap", 303)


def _typed(text: str) -> str:
    return text.replace("\0", "")[:_LONGEST]
