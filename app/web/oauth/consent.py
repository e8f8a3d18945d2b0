"""What a person is shown before an app may act for them, and when nobody has to be asked."""

from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue

from app.domain.callers import FULL
from app.domain.clients import redirects
from app.domain.clients.known import KnownClient
from app.domain.grants import (
    approve,
    choices,
    consents,
    destination,
    forms,
    standing_limit,
    terms,
)
from app.domain.grants.choices import Choice
from app.domain.grants.forms import Shown
from app.domain.grants.request import AuthorizationRequest
from app.domain.signed_in import SignedIn
from app.kit import clock
from app.web import outermost
from app.web.oauth import asking, back, chosen, detour, words
from app.web.oauth.asking import Asking
from app.web.services import services


class Filled(NamedTuple):
    """What stands in the page's fields."""

    organization_id: str
    limit: str
    days: str
    problems: dict[str, str]


def remembered(asked: Asking) -> ResponseReturnValue | None:
    """Straight back with a code where the person has approved just this before."""
    code = None if "consent" in asked.request.prompt else _code_unasked(asked)
    if code is not None:
        return back.with_code(asked.request, code)
    if asked.silent:
        raise asked.refusal("consent_required", "The person has to approve this.")
    return None


def organization(asked: Asking) -> ResponseReturnValue | None:
    """For an organization's tokens it is first chosen which; the consent page then names it."""
    if asked.request.subject_kind == "user":
        return None
    mine = of_person(_person(asked), asked.request, asked.now)
    if _chosen(asked) in {each.id for each in mine if not each.why_not}:
        return None
    facts = {**asking.facts(asked), "choices": mine, "means": words.means}
    leads = partial(_toward, asked)
    return render_template("oauth/organizations.html", leads=leads, **facts)


def page(asked: Asking) -> Response:
    """Show the request; what is shown is kept with the page and can be answered once."""
    person, request = _person(asked), asked.request
    first, mine = terms.first(asked.client), of_person(person, request, asked.now)
    chosen_id = _chosen(asked) if request.subject_kind != "user" else None
    free = [chosen_id] if chosen_id else [each.id for each in mine if not each.why_not]
    with services().transaction() as session:
        shown = Shown(request, asked.client.revision)
        secret = forms.show(session, shown, person.session_id, asked.now)
        whose = (asked.client, free, person.user_id)
        tokens = standing_limit.offered(session, *whose, first.tokens, asked.now)
    filled = Filled(
        organization_id=free[0] if free else "",
        limit="" if tokens is None else str(tokens),
        days=str(first.days),
        problems={},
    )
    return rendered(asked.client, request, person, mine, secret, filled)


def rendered(
    client: KnownClient,
    request: AuthorizationRequest,
    person: SignedIn,
    mine: list[Choice],
    secret: str,
    filled: Filled,
) -> Response:
    """The page itself, whose form may end at the client's address and nowhere else."""
    facts = {
        "client": client,
        "request_": request,
        "person": person,
        "choices": _shown(mine, request, filled),
        "secret": secret,
        "filled": filled,
        "elsewhere": asking.sign_in_address(asking.address(request), again=True),
    }
    answer = make_response(
        render_template("oauth/consent.html", **facts, **_words(client, request))
    )
    source = destination.policy_source(request.redirect_uri)
    answer.headers["Content-Security-Policy"] = outermost.policy(source)
    return answer


def of_person(person: SignedIn, request: AuthorizationRequest, now: datetime) -> list[Choice]:
    """The organizations this person may connect the client to, and the others."""
    its = services()
    with its.database.reading() as session:
        mode = its.settings.payment_mode
        return choices.of(session, person.user_id, request.subject_kind, mode, now)


def _chosen(asked: Asking) -> str | None:
    sent = asked.parameters.get(chosen.NAME)
    return chosen.organization(asking.here(), sent, _person(asked).user_id)


def _toward(asked: Asking, choice: Choice) -> str:
    mark = asked.parameters.get(detour.MARK)
    return chosen.link(asking.here(), mark, choice.id, _person(asked).user_id)


def _code_unasked(asked: Asking) -> str | None:
    if not consents.rememberable(asked.client, asked.request.redirect_uri):
        return None
    person, now = _person(asked), asked.now
    free = [each.id for each in of_person(person, asked.request, now) if not each.why_not]
    with services().database.reading() as session:
        facts = (asked.client, asked.request, person.user_id, free, now)
        if consents.holding(session, *facts) is None:
            return None
    with services().transaction() as session:
        standing = consents.holding(session, *facts)
        if standing is None:
            return None
        return approve.grant(
            session,
            asked.client,
            asked.request,
            person,
            standing.organization_id,
            monthly_cap_tokens=standing.monthly_cap_tokens,
            expires_at=standing.expires_at,
            now=now,
        )


def _shown(mine: list[Choice], request: AuthorizationRequest, filled: Filled) -> list[Choice]:
    """Where the organization was chosen on a page before, it alone."""
    if request.subject_kind == "user":
        return mine
    return [each for each in mine if each.id == filled.organization_id] or mine


def _words(client: KnownClient, request: AuthorizationRequest) -> dict[str, Any]:
    return {
        "asks": words.asks(client, request.redirect_uri),
        "place": words.place(request.redirect_uri),
        "kind": redirects.kind(request.redirect_uri),
        "picture": f"/logos/{client.id}.png"
        if client.verified and "logo_uri" in client.links
        else "",
        "links": words.links(client),
        "can": words.can(request.scopes, request.subject_kind),
        "cannot": words.cannot(request.scopes),
        "spending": words.spending() if FULL in request.scopes else "",
        "ends": words.ends(terms.days(client), clock.now()),
        "means": words.means,
    }


def _person(asked: Asking) -> SignedIn:
    if asked.person is None:
        raise AssertionError("An earlier step sends strangers to sign in.")
    return asked.person
