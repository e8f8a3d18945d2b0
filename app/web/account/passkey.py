"""Signing in by passkey: the device says who it is, so nothing is typed."""

from flask import redirect
from flask.typing import ResponseReturnValue

from app.domain import networks, sign_in, throttles
from app.domain.factors import ceremonies, passkeys
from app.domain.factors.steps import Step
from app.kit import clock
from app.web import ceremony, network, signed_in
from app.web.account import blueprint, entry, form
from app.web.services import services


@blueprint.post("/login/passkey/options")
def passkey_options() -> ResponseReturnValue:
    """What the browser is asked, so that it answers with any passkey of ours."""
    return ceremony.told(
        ceremonies.asked_to_answer(ceremony.party(), ceremony.challenge("sign_in"))
    )


@blueprint.post("/login/passkey")
def passkey_button() -> ResponseReturnValue:
    """Let in whoever's passkey is proved: having it and unlocking it are two factors."""
    its, where = services(), networks.of(network.address())
    with its.transaction() as session:
        made = throttles.second(session, its.limits, None, where, clock.now())
    answer = ceremony.answered("sign_in")
    if answer is None:
        return redirect(f"/login?{signed_in.query(form.onward())}&passkey=failed", 303)
    with its.transaction() as session:
        throttles.forgive(session, made)
        email = sign_in.address_of(session, answer.held.user_id)
        if email is None or not passkeys.used(session, answer.held, answer.counter, clock.now()):
            return redirect(f"/login?{signed_in.query(form.onward())}&passkey=failed", 303)
        entered = entry.finish(session, Step(answer.held.user_id, email, form.onward(), None))
    return entry.go_on(entered)
