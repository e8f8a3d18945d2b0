"""Links we mailed: the page says what its button does, and the button does it, once."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.domain import held, mailed_links, passwords, sign_in, sign_up
from app.domain.mailed_links import Link, LinkSpent
from app.kit import clock
from app.web.account import blueprint, entry, form, marks
from app.web.services import services
from app.web.signed_in import query


@blueprint.get("/link/<secret>")
def link_page(secret: str) -> str:
    """What the link is for; opening it changes nothing, for programs open links too."""
    return _page(_look(secret), {})


@blueprint.post("/link/<secret>")
def link_button(secret: str) -> ResponseReturnValue:
    """Do what the link is for."""
    return _BUTTONS[_look(secret).purpose](secret)


@blueprint.errorhandler(LinkSpent)
def link_spent(error: LinkSpent) -> tuple[str, int]:
    """Whoever comes too late is shown where to have another one sent."""
    return render_template("account/link_spent.html", message=error.message), 404


def _enter(secret: str) -> ResponseReturnValue:
    with services().transaction() as session:
        link = _use(session, secret)
        begun = entry.admit(session, link.user_id)
    return entry.go_on(begun, link.user_id, link.onward)


def _reset(secret: str) -> ResponseReturnValue:
    typed, link = form.sent(email=False), _look(secret)
    if not typed.problems:
        typed.check(lambda: passwords.check_strength(typed.password, link.email))
    if typed.problems:
        return _page(link, typed.problems), 422
    digest = passwords.hash_password(typed.password)
    with services().transaction() as session:
        link = _use(session, secret)
        sign_in.change_password(session, link.user_id, digest, entry.browser(), clock.now())
        begun = entry.admit(session, link.user_id)
        asked = held.by_person(session, link.user_id, clock.now())
    onward = f"/keep?{query(link.onward)}" if asked else link.onward
    return entry.go_on(begun, link.user_id, onward)


def _use(session: Session, secret: str) -> Link:
    """Use a link up; whoever could open our mail has proved the address with it."""
    its = services()
    link = mailed_links.use(session, secret, clock.now())
    sign_up.prove(
        session,
        link.user_id,
        ours=link.purpose == "verify" and bool(link.browser) and link.browser == marks.signed_up(),
        mode=its.settings.payment_mode,
        per_day=its.settings.trial_tokens_per_day,
        now=clock.now(),
    )
    return link


def _look(secret: str) -> Link:
    with services().database.reading() as session:
        link = mailed_links.look(session, secret, clock.now())
    if link.purpose not in _BUTTONS:
        abort(404)
    return link


def _page(link: Link, problems: dict[str, str]) -> str:
    page = f"account/link_{link.purpose}.html"
    return render_template(page, link=link, problems=problems)


_BUTTONS = {"verify": _enter, "sign_in": _enter, "reset": _reset}
