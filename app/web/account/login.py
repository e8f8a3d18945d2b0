"""Signing in, by password or by a link sent to one's address."""

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain import networks, passwords, sign_in, throttles
from app.domain.factors import ceremonies
from app.domain.throttles import Attempt
from app.kit import clock
from app.web import asked, network, providers, texts
from app.web.account import blueprint, entry, form, letters, onward
from app.web.account.entry import Entered
from app.web.account.form import Form
from app.web.services import services
from app.web.signed_in import UNDO, current, leaving

_NO_MATCH = "Email and password do not match. Try again, or have a link sent."


@blueprint.get("/login")
def login() -> ResponseReturnValue:
    """The form, or straight on for whoever is signed in and need not show it again."""
    if leaving() is not None:
        return redirect(UNDO, 303)
    person = current()
    if person is not None and "again" not in request.args:
        return redirect(form.onward(), 303)
    empty = form.empty()
    email = onward.hinted(empty.onward) or (person.email if person else "")
    return _page(empty._replace(email=email))


@blueprint.post("/login")
def sign_in_button() -> ResponseReturnValue:
    """Let in whoever's password matches, or send a link."""
    by_link = request.form.get("how") == "link"
    typed = form.sent(password=not by_link)
    if typed.problems:
        return _page(typed, 422)
    if by_link:
        return letters.send("sign_in", typed)
    entered = _by_password(typed)
    if entered is None:
        return _page(typed._replace(problems={"password": _NO_MATCH}), 422)
    return entry.go_on(entered)


def _by_password(typed: Form) -> Entered | None:
    """Compare outside any transaction; whether there is an account makes no difference."""
    its, attempt = services(), _attempt(typed.email)
    with its.database.reading() as session:
        found = sign_in.candidate(session, typed.email)
    kept = found.digest if found else None
    if not passwords.matches(kept, typed.password) or found is None or kept is None:
        return None
    digest = passwords.hash_password(typed.password) if passwords.outdated(kept) else kept
    with its.transaction() as session:
        if not sign_in.confirm(session, found, digest):
            return None
        throttles.forgive(session, attempt)
        return entry.admit(session, found.user_id, typed.onward)


def _attempt(email: str) -> Attempt:
    """A place for one guess, counted where other limits are off, too."""
    its = services()
    where = networks.of(network.address())
    with its.transaction() as session:
        return throttles.attempt(session, its.limits, email, where, clock.now())


def _page(typed: Form, status: int = 200) -> Response:
    page = render_template(
        "account/login.html",
        form=typed,
        coming=onward.described(typed.onward),
        providers=providers.offered(),
        passkeys=ceremonies.party(asked.base()).has_passkeys,
        passkey_failed=request.args.get("passkey") == "failed",
    )
    return texts.scripted(page, status)
