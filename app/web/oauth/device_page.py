"""`/device`: a person types a device's code, reads who asks for what, and approves or denies."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.domain import networks, throttles
from app.domain.clients import find
from app.domain.clients.known import KnownClient
from app.domain.grants import choices, device, standing_limit, terms, user_codes
from app.domain.grants.choices import Choice
from app.domain.grants.device import DeviceAnswered, Waiting
from app.domain.grants.terms import BadTerms
from app.domain.raising import RaisesLimit
from app.domain.signed_in import SignedIn
from app.domain.throttles import Words
from app.kit import clock
from app.web import narrow, network, signed_in
from app.web.oauth import device_words, pages
from app.web.oauth.device import PAGE
from app.web.services import services

_UNKNOWN = "No device waits with this code. Codes live 10 minutes: ask the device for a new one."
_CHANGED = "The app changed while you read. Read what it asks for now."
_NOWHERE = "Choose an organization you may connect."
_TOO_MANY = Words("Too many wrong codes.", "Try again in {minutes} minutes.")


class _Shown(NamedTuple):
    """A device's request in front of somebody who may answer it."""

    code: str
    waiting: Waiting
    client: KnownClient
    person: SignedIn
    mine: list[Choice]


@pages.get(PAGE)
@signed_in.require
def device_code() -> ResponseReturnValue:
    """Ask for a code; an address that carries one fills it in and does no more."""
    return _unproved() or _entry(request.args.get("user_code", ""))


@pages.post(PAGE)
@signed_in.require
def device_decision() -> ResponseReturnValue:
    """Show what waits behind a code, or answer it."""
    unproved, typed = _unproved(), request.form.get("user_code", "")
    if unproved is not None:
        return unproved
    waiting = _found(typed)
    if waiting is not None and waiting.answered:
        return _answered(waiting)
    shown = _shown(typed, waiting)
    if shown is None:
        return _entry(typed, {"user_code": _UNKNOWN}), 422
    return _STEPS.get(request.form.get("decision", ""), _page)(shown)


@pages.errorhandler(DeviceAnswered)
def _too_late(refusal: DeviceAnswered) -> ResponseReturnValue:
    return narrow.failed("oauth/device_done.html", 409, how="late", refusal=refusal)


def _unproved() -> ResponseReturnValue | None:
    person = _person()
    if person.verified:
        return None
    return narrow.failed("oauth/device_unproved.html", 403, person=person)


def _entry(typed: str, problems: Mapping[str, str] | None = None) -> str:
    code = user_codes.read(typed)
    told = user_codes.shown(code) if code else typed[:20]
    facts = {"code": told, "problems": problems or {}, "elsewhere": _elsewhere(told)}
    return render_template("oauth/device.html", person=_person(), **facts)


def _found(typed: str) -> Waiting | None:
    """What waits behind a code; only a right one gives its places among the guesses back.

    Guesses are counted where other limits are off, too.
    """
    its, now, code = services(), clock.now(), user_codes.read(typed)
    if code is None:
        return None
    with its.transaction() as session:
        attempt = throttles.hold(session, _places(), _TOO_MANY, now)
    with its.database.reading() as session:
        found = device.find(session, code, its.links.keys, now)
    if found is not None:
        with its.transaction() as session:
            throttles.forgive(session, attempt)
    return found


def _places() -> tuple[tuple[Any, str], ...]:
    limits = services().limits
    return (
        (limits["device_codes"], _person().session_id),
        (limits["device_codes_network"], networks.of(network.address())),
    )


def _shown(typed: str, waiting: Waiting | None) -> _Shown | None:
    """The request with its client as it stands now; one that ended takes its requests along."""
    its, person = services(), _person()
    if waiting is None:
        return None
    with its.database.reading() as session:
        client = find.by_client_id(session, waiting.client_id)
        mode = its.settings.payment_mode
        mine = choices.of(session, person.user_id, "user", mode, clock.now())
    if client is None:
        return None
    return _Shown(user_codes.read(typed) or "", waiting, client, person, mine)


def _answered(waiting: Waiting) -> ResponseReturnValue:
    mine = waiting.approved_by == _person().user_id
    return render_template("oauth/device_done.html", how="connected" if mine else "answered")


def _page(shown: _Shown, problems: Mapping[str, str] | None = None) -> ResponseReturnValue:
    """Who asks for what, with little and not for long filled in, whoever it calls itself."""
    first = terms.first(shown.client._replace(verified=False))
    free = [each.id for each in shown.mine if not each.why_not]
    with services().database.reading() as session:
        whose = (shown.client, free, shown.person.user_id)
        tokens = standing_limit.offered(session, *whose, first.tokens, clock.now())
    filled = {
        "limit": str(tokens),
        "days": str(first.days),
        "organization": free[0] if free else "",
    }
    if problems:
        filled = {name: request.form.get(name, "") for name in filled}
    facts = device_words.facts(shown.waiting, shown.client, network.address(), clock.now())
    return render_template(
        "oauth/device_asks.html",
        code=user_codes.shown(shown.code),
        elsewhere=_elsewhere(user_codes.shown(shown.code)),
        client=shown.client,
        person=shown.person,
        choices=shown.mine,
        filled=filled,
        problems=problems or {},
        **facts,
    ), (422 if problems else 200)


def _allow(shown: _Shown) -> ResponseReturnValue:
    form = request.form
    if form.get("revision") != str(shown.client.revision):
        return _page(shown, {"content": _CHANGED})
    try:
        agreed = terms.read(shown.client, form.get("limit", ""), form.get("days", ""))
    except BadTerms as problem:
        return _page(shown, {str(problem.details["field"]): problem.message})
    wanted = form.get("organization", "")
    if wanted not in {each.id for each in shown.mine if not each.why_not}:
        return _page(shown, {"organization": _NOWHERE})
    now, (waiting, client, person) = clock.now(), shown[1:4]
    try:
        with services().transaction() as session:
            device.allow(session, waiting, client, person, wanted, agreed, now)
            device_words.mail(session, waiting, person, wanted, agreed, now)
    except RaisesLimit as refusal:
        return _page(shown, {"limit": refusal.message})
    return render_template("oauth/device_done.html", how="approved")


def _deny(shown: _Shown) -> ResponseReturnValue:
    with services().transaction() as session:
        device.deny(session, shown.waiting, clock.now())
    return render_template("oauth/device_done.html", how="denied")


def _elsewhere(code: str) -> str:
    """Where somebody else signs in and comes back to the same code."""
    return signed_in.sign_in_address(f"{PAGE}?{urlencode({'user_code': code})}", again=True)


def _person() -> SignedIn:
    person = signed_in.current()
    if person is None:
        raise AssertionError("Views of this page are for people who are signed in.")
    return person


_STEPS: dict[str, Callable[[_Shown], ResponseReturnValue]] = {"approve": _allow, "deny": _deny}
