"""Approve or Deny: the answer to one consent page, given once."""

from datetime import datetime
from typing import NamedTuple

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.domain import mails
from app.domain.clients import names, redirects
from app.domain.clients.known import KnownClient
from app.domain.grants import approve, connections, consents, forms, terms
from app.domain.grants.approve import ClientChanged
from app.domain.grants.choices import Choice
from app.domain.grants.consents import Standing
from app.domain.grants.forms import FormLost, FormUsed
from app.domain.grants.front_door import Misdirected, SentBack
from app.domain.grants.request import AuthorizationRequest
from app.domain.grants.terms import BadTerms, Terms
from app.domain.raising import RaisesLimit
from app.domain.signed_in import SignedIn
from app.kit import clock
from app.web import narrow, signed_in
from app.web.oauth import asking, back, consent, pages, words
from app.web.oauth.consent import Filled
from app.web.services import services

_DENIED = "The person did not approve."


class _Answer(NamedTuple):
    """A posted page: what it had shown, to whom."""

    secret: str
    request: AuthorizationRequest
    client: KnownClient
    person: SignedIn
    now: datetime


@pages.post("/oauth/authorize")
def decide() -> ResponseReturnValue:
    """Send the code, or the refusal, to where the page said it goes."""
    answer, decision = _answer(), request.form.get("decision")
    if decision == "deny":
        with services().transaction() as session:
            _use(session, answer)
        wanted, client_state = answer.request.redirect_uri, answer.request.state
        raise SentBack("access_denied", _DENIED, wanted, client_state)
    mine = consent.of_person(answer.person, answer.request, answer.now)
    chosen = _chosen(mine)
    try:
        agreed = terms.read(
            answer.client, request.form.get("limit", ""), request.form.get("days", "")
        )
    except BadTerms as problem:
        return _again(answer, mine, {str(problem.details["field"]): problem.message})
    if chosen is None:
        return _again(answer, mine, {"organization": "Choose an organization you may connect."})
    if decision != "approve":  # Enter in a field: what was written is read, and nothing decided
        return _again(answer, mine, {})
    try:
        with services().transaction() as session:
            code = _approved(session, answer, chosen, agreed)
    except RaisesLimit as refusal:
        return _again(answer, mine, {"limit": refusal.message})
    return back.with_code(answer.request, code)


@pages.errorhandler(FormLost)
@pages.errorhandler(ClientChanged)
def _lost(refusal: FormLost | ClientChanged) -> ResponseReturnValue:
    return narrow.failed("oauth/lost.html", 400, refusal=refusal)


@pages.errorhandler(FormUsed)
def _used(refusal: FormUsed) -> ResponseReturnValue:
    """A second click is no mistake of anybody's: say how things stand."""
    return render_template("oauth/used.html", **refusal.details)


def _answer() -> _Answer:
    """The page behind a form; its browser, its person and its client must still be the same."""
    person, now, secret = signed_in.current(), clock.now(), request.form.get("form", "")
    if person is None:
        raise FormLost("You have been signed out.", hint="Start again in the app you came from.")
    with services().database.reading() as session:
        shown = forms.read(session, secret, person.session_id, now)
    client = asking.client_of(shown.request.client_id)
    if client.revision != shown.client_revision:
        raise FormLost("The app changed while you read.", hint="Start again in the app.")
    if not redirects.allowed(client, shown.request.redirect_uri):
        raise Misdirected("The app does not answer at that address any more.")
    return _Answer(secret, shown.request, client, person, now)


def _chosen(mine: list[Choice]) -> Choice | None:
    wanted = request.form.get("organization", "")
    return next((each for each in mine if each.id == wanted and not each.why_not), None)


def _again(answer: _Answer, mine: list[Choice], problems: dict[str, str]) -> ResponseReturnValue:
    """The same page with what was written and what is wrong with it; it is not answered yet."""
    filled = Filled(
        request.form.get("organization", ""),
        request.form.get("limit", ""),
        request.form.get("days", ""),
        problems,
    )
    facts = (answer.client, answer.request, answer.person, mine, answer.secret, filled)
    page = consent.rendered(*facts)
    page.status_code = 422 if problems else 200
    return page


def _use(session: Session, answer: _Answer) -> None:
    """Answered before, it is told how the connection stands; nothing is done again."""
    connected = connections.just_made(session, answer.client.id, answer.person.user_id, answer.now)
    try:
        forms.use(session, answer.secret, answer.person.session_id, answer.now)
    except FormUsed as used:
        used.details.update(client=answer.client, connected=connected)
        raise


def _approved(session: Session, answer: _Answer, chosen: Choice, agreed: Terms) -> str:
    """Everything a yes means, in one transaction."""
    client, wanted, person, now = answer.client, answer.request, answer.person, answer.now
    _use(session, answer)
    standing = Standing(chosen.id, agreed.tokens, agreed.ends(now))
    code = approve.grant(
        session,
        client,
        wanted,
        person,
        chosen.id,
        monthly_cap_tokens=standing.monthly_cap_tokens,
        expires_at=standing.expires_at,
        now=now,
    )
    consents.remember(session, client, wanted, person.user_id, standing, now)
    _mail(session, answer, chosen, agreed)
    return code


def _mail(session: Session, answer: _Answer, chosen: Choice, agreed: Terms) -> None:
    client, to = answer.client, answer.request.redirect_uri
    facts = {
        "app": names.in_mail(client.name, to, verified=client.verified),
        "host": redirects.place(to),
        "organization": chosen.id,
        "limit": words.agreed_limit(agreed.tokens),
        "until": clock.iso(agreed.ends(answer.now)),
        "at": clock.iso(answer.now),
    }
    mails.record(session, "app_connected", answer.person.email, facts, answer.now)
