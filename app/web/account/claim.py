"""Claiming what an agent set up: one page, one button, and an answer for each key.

The link in the mail claims by itself where the address has no account. Where it has one, its owner
signs in and claims at an address that holds no secret: what is carried through a sign-in is kept.
"""

from typing import NamedTuple

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.domain import claims, mailed_links, plans, provisioning
from app.domain.claims import KEEP
from app.domain.mailed_links import Link
from app.kit import clock
from app.web import signed_in
from app.web.account import blueprint, entry
from app.web.services import services
from app.web.signed_in import HOME

_ANSWERS = {KEEP, "revoke"}
_UNANSWERED = "Key {prefix}… needs an answer: keep it or revoke it."


class _Claim(NamedTuple):
    """What is to be claimed, for which address, and by which account if there is one."""

    organization_id: str
    email: str
    owner: str | None


def page(link: Link) -> str:
    """What the mailed link claims; opening it changes nothing."""
    return _page(_of(link))


def button(secret: str, link: Link) -> ResponseReturnValue:
    """Claim by the link alone, or at the page of whoever signs in."""
    asked = _of(link)
    if asked.owner is not None:
        return redirect(f"/claim/{asked.organization_id}", 303)
    return _answered(asked, secret)


@blueprint.get("/claim/<organization_id>")
@signed_in.require_fresh
def claim_page(organization_id: str) -> ResponseReturnValue:
    """The same for the account that has the address."""
    return _page(_own(organization_id))


@blueprint.post("/claim/<organization_id>")
@signed_in.require_fresh
def claim_button(organization_id: str) -> ResponseReturnValue:
    """Give it the organization."""
    return _answered(_own(organization_id), "")


def _of(link: Link) -> _Claim:
    with services().database.reading() as session:
        return _Claim(link.organization_id, link.email, claims.account_of(session, link.email))


def _own(organization_id: str) -> _Claim:
    """Only a proved address counts: whoever signed up with somebody else's has proved nothing."""
    person = signed_in.person()
    with services().database.reading() as session:
        waits = claims.waiting_for(session, organization_id, person.email)
    if not waits or not person.verified:
        abort(404)
    return _Claim(organization_id, person.email, person.user_id)


def _answered(asked: _Claim, secret: str) -> ResponseReturnValue:
    with services().database.reading() as session:
        made = claims.keys_of(session, asked.organization_id)
    unanswered = [key for key in made if request.form.get(key.id) not in _ANSWERS]
    if unanswered:
        problems = {key.id: _UNANSWERED.format(prefix=key.prefix) for key in unanswered}
        return _page(asked, problems), 422
    its = services()
    with its.transaction() as session:
        user_id = _claimed(session, asked, secret)
        entered = None if asked.owner else entry.admit(session, user_id, HOME)
    return redirect(HOME, 303) if entered is None else entry.go_on(entered)


def _claimed(session: Session, asked: _Claim, secret: str) -> str:
    settings, now = services().settings, clock.now()
    if secret:
        mailed_links.use(session, secret, now)
    return claims.claim(
        session,
        asked.organization_id,
        asked.email,
        request.form,
        owner=asked.owner,
        mode=settings.payment_mode,
        per_day=settings.trial_tokens_per_day,
        now=now,
    )


def _page(asked: _Claim, problems: dict[str, str] | None = None) -> str:
    """Every key there is, neither answer chosen beforehand."""
    with services().database.reading() as session:
        made = claims.keys_of(session, asked.organization_id)
    return render_template(
        "account/link_claim.html",
        it=asked,
        made=made,
        signs_in=asked.owner is not None and signed_in.current() is None,
        problems=problems or {},
        chosen=request.form,
        life_days=provisioning.LIFE.days,
        trial_rest=plans.TRIAL_TOKENS - plans.TRIAL_TOKENS_AT_PROVISIONING,
    )
