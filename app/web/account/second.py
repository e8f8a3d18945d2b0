"""The second half of signing in: a code, a recovery code or a passkey, whichever road one came."""

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.factors import ceremonies, having, passkeys, recovery
from app.domain.factors.steps import Step, StepSpent
from app.web import asked, ceremony, signed_in, texts
from app.web.account import blueprint, entry, guess, onward, pending
from app.web.services import services

_WRONG = {
    "code": "This code is not right, or was used already. Wait for the next one.",
    "recovery": "This recovery code is not right, or was used already.",
    "passkey": "This passkey did not work. Try again.",
}


@blueprint.get(pending.PAGE)
def second() -> ResponseReturnValue:
    """What the person has, and a form for it; whoever waited too long begins again."""
    step = pending.step()
    return redirect("/login", 303) if step is None else _page(step)


@blueprint.post(pending.PAGE)
def second_button() -> ResponseReturnValue:
    """Let in whoever's second factor is right, too."""
    step, how = pending.step(), request.form.get("how", "")
    if step is None:
        return redirect("/login", 303)
    how = how if how in _WRONG else "code"
    entered = guess.tried(step, how)
    return _page(step, how, 422) if entered is None else entry.go_on(entered)


@blueprint.errorhandler(StepSpent)
def step_spent(_error: StepSpent) -> ResponseReturnValue:
    """Whoever comes too late begins again."""
    return redirect("/login", 303)


@blueprint.post(f"{pending.PAGE}/options")
def second_options() -> ResponseReturnValue:
    """What the browser is asked, so that it answers with one of this person's passkeys."""
    step = pending.step()
    if step is None:
        return {}, 404
    with services().database.reading() as session:
        known = passkeys.credential_ids(session, step.user_id)
    challenge = ceremony.challenge("second", step.user_id)
    return ceremony.told(ceremonies.asked_to_answer(ceremony.party(), challenge, known))


def _page(step: Step, wrong: str = "", status: int = 200) -> Response:
    how = request.values.get("how", "")
    with services().database.reading() as session:
        has = having.of(session, step.user_id)
    text = "code" if has.authenticator and how != "recovery" else "recovery"
    page = render_template(
        "account/second.html",
        step=step,
        has=has,
        text=text,
        most_codes=recovery.MOST,
        passkeys=has.passkeys and ceremonies.party(asked.base()).has_passkeys,
        problems={wrong: _WRONG[wrong]} if wrong in _WRONG else {},
        coming=onward.described(step.onward),
        again=signed_in.query(step.onward),
    )
    return texts.scripted(page, status)
