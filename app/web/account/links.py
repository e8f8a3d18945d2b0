"""Links we mailed: the page says what its button does, and the button does it, once."""

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.domain import mailed_links, passwords, sign_up
from app.domain.mailed_links import CHANGE_EMAIL, CLAIM, UNDO_EMAIL, Link, LinkSpent
from app.kit import clock
from app.web import marks, narrow, texts
from app.web.account import address, blueprint, claim, entry, form
from app.web.services import services


@blueprint.get("/link/<secret>")
def link_page(secret: str) -> ResponseReturnValue:
    """What the link is for; opening it changes nothing, for programs open links too."""
    return _page(_look(secret), {})


@blueprint.post("/link/<secret>")
def link_button(secret: str) -> ResponseReturnValue:
    """Do what the link is for."""
    link = _look(secret)
    if link.purpose == CLAIM:
        return claim.button(secret, link)
    return _BUTTONS[link.purpose](secret)


@blueprint.errorhandler(LinkSpent)
def link_spent(error: LinkSpent) -> Response:
    """Whoever comes too late is shown where to have another one sent."""
    return narrow.failed("account/link_spent.html", 404, message=error.message)


def _enter(secret: str) -> ResponseReturnValue:
    with services().transaction() as session:
        link = _use(session, secret)
        entered = entry.admit(session, link.user_id, link.onward)
    return entry.go_on(entered)


def _reset(secret: str) -> ResponseReturnValue:
    typed, link = form.sent(email=False), _look(secret)
    if not typed.problems:
        typed.check(lambda: passwords.check_strength(typed.password, link.email))
    if typed.problems:
        return _page(link, typed.problems, 422)
    digest = passwords.hash_password(typed.password)
    with services().transaction() as session:
        link = _use(session, secret)
        entered = entry.admit(session, link.user_id, link.onward, new_password=digest)
    return entry.go_on(entered)


def _use(session: Session, secret: str) -> Link:
    """Use a link up; whoever could open our mail has proved the address with it."""
    its = services()
    link = mailed_links.use(session, secret, clock.now())
    ours = link.purpose == "verify" and bool(link.browser) and link.browser == marks.signed_up()
    first = sign_up.prove(
        session,
        link.user_id,
        ours=ours,
        mode=its.settings.payment_mode,
        per_day=its.settings.trial_tokens_per_day,
        now=clock.now(),
    )
    if first and not ours:
        marks.loses_password(link.user_id)
    return link


def _look(secret: str) -> Link:
    with services().database.reading() as session:
        link = mailed_links.look(session, secret, clock.now())
    if link.purpose != CLAIM and link.purpose not in _BUTTONS:
        abort(404)
    return link


def _page(link: Link, problems: dict[str, str], status: int = 200) -> ResponseReturnValue:
    """What a link is for; of these pages only the one with a password has a script."""
    if link.purpose == CLAIM:
        return claim.page(link)
    facts = {"problems": problems, "undo_days": mailed_links.UNDO_LIFE.days}
    page = render_template(f"account/link_{link.purpose}.html", link=link, **facts)
    return texts.scripted(page, status) if link.purpose == "reset" else (page, status)


_BUTTONS = {
    "verify": _enter,
    "sign_in": _enter,
    "reset": _reset,
    CHANGE_EMAIL: address.confirm,
    UNDO_EMAIL: address.undo,
}
