"""Signing up: the answer is the same whether or not the address has an account."""

from flask import Response, redirect, render_template
from flask.typing import ResponseReturnValue

from app.domain import networks, passwords, sign_up
from app.kit import clock
from app.web import limited, marks, network, providers, texts
from app.web.account import blueprint, form, letters, onward
from app.web.account.form import Form
from app.web.services import services
from app.web.signed_in import current


@blueprint.get("/signup")
def signup() -> ResponseReturnValue:
    """The form; whoever is signed in has an account."""
    if current() is not None:
        return redirect(form.onward(), 303)
    return _page(form.empty())


@blueprint.post("/signup")
def signup_button() -> ResponseReturnValue:
    """Make an account, or write to the one there is."""
    typed = form.sent()
    if "password" not in typed.problems:
        typed.check(lambda: passwords.check_strength(typed.password, typed.email))
    if typed.problems:
        return _page(typed, 422)
    limited.count("sign_up", networks.of(network.address()))
    mailed = limited.may_get_another(typed.email)
    its, digest = services(), passwords.hash_password(typed.password)
    with its.transaction() as session:
        sign_up.sign_up(
            session,
            typed.email,
            digest,
            browser=marks.of_sign_up(),
            onward=typed.onward,
            mailed=mailed,
            mode=its.settings.payment_mode,
            now=clock.now(),
        )
    return letters.sent_page(typed)


def _page(typed: Form, status: int = 200) -> Response:
    page = render_template(
        "account/signup.html",
        form=typed,
        coming=onward.described(typed.onward),
        providers=providers.offered(),
    )
    return texts.scripted(page, status)
