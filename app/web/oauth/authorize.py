"""`/oauth/authorize`: from a client's request to a page, or straight back to the client."""

from collections.abc import Callable

from flask import redirect
from flask.typing import ResponseReturnValue

from app.domain import networks
from app.domain.clients.documents import DocumentRefused, UnknownDocument
from app.domain.clients.refusals import ClientBlocked
from app.domain.grants.front_door import Misdirected, SentBack
from app.domain.signed_in import SignedIn
from app.errors import PolisError
from app.kit import clock, ids
from app.web import counted, narrow, network, signed_in
from app.web.oauth import asking, back, consent, detour, pages
from app.web.oauth.asking import Asking
from app.web.services import services

Step = Callable[[Asking], ResponseReturnValue | None]


@pages.get("/oauth/authorize")
@pages.get("/authorize", endpoint="authorize_alias")
def authorize() -> ResponseReturnValue:
    """The first step that has an answer gives it."""
    _count(signed_in.current())
    asked = asking.read()
    answers = (step(asked) for step in _STEPS)
    return next(answer for answer in answers if answer is not None)


@pages.errorhandler(SentBack)
def _sent_back(refusal: SentBack) -> ResponseReturnValue:
    if not refusal.at_once and signed_in.current() is None:
        return redirect(asking.sign_in_address(asking.here(), again=False), 303)
    return back.refused(refusal)


@pages.errorhandler(Misdirected)
@pages.errorhandler(DocumentRefused)
@pages.errorhandler(ClientBlocked)
def _misdirected(refusal: PolisError) -> ResponseReturnValue:
    """A page, never a redirect: nobody vouches for where it would lead."""
    return narrow.failed("oauth/misdirected.html", 400, refusal=refusal)


@pages.errorhandler(UnknownDocument)
def _unknown(_refusal: UnknownDocument) -> ResponseReturnValue:
    return redirect(asking.sign_in_address(asking.here(), again=False), 303)


def _count(person: SignedIn | None) -> None:
    if person is None:
        counted.take("authorize_network", networks.of(network.address()), clock.now())
    else:
        counted.take("authorize", person.user_id, clock.now())


def _signed_in(asked: Asking) -> ResponseReturnValue | None:
    if asked.person is not None:
        return None
    if asked.silent:
        raise asked.refusal("login_required", "Nobody is signed in.")
    return redirect(asking.sign_in_address(asking.here(), again=False), 303)


def _signed_in_lately(asked: Asking) -> ResponseReturnValue | None:
    """`prompt=login` and `max_age` (OpenID Connect Core §3.1.2.1); a detour satisfies both."""
    if asked.person is None or _is_fresh(asked, asked.person):
        return None
    if asked.silent:
        raise asked.refusal("login_required", "The last sign-in is too long ago.")
    return redirect(asking.sign_in_address(asking.here(), again=True), 303)


def _expected(asked: Asking) -> ResponseReturnValue | None:
    """Somebody else than `id_token_hint` names is asked to sign in, once: they may mean it."""
    hint = asked.parameters.get("id_token_hint")
    if hint is None or asked.person is None or _returned(asked) is not None:
        return None
    from app.domain.grants import hints  # noqa: PLC0415 # 30 ms that few requests need

    with services().database.reading() as session:
        named = hints.subject(session, hint, asked.client.client_id)
    if named is None or named == asked.person.user_id or not ids.is_id("usr", named):
        return None
    if asked.silent:
        raise asked.refusal("login_required", "Somebody else is signed in.")
    return redirect(asking.sign_in_address(asking.here(), again=True), 303)


def _proved(asked: Asking) -> ResponseReturnValue | None:
    if asked.person is None or asked.person.verified:
        return None
    if asked.silent:
        raise asked.refusal("interaction_required", "The person has to prove their address.")
    return narrow.failed("oauth/unproved.html", 403, **asking.facts(asked))


def _is_fresh(asked: Asking, person: SignedIn) -> bool:
    returned = _returned(asked)
    if returned is not None:
        return clock.milliseconds(person.authenticated_at) >= returned
    age, most = asked.now - person.authenticated_at, asked.request.max_age
    return "login" not in asked.request.prompt and (most is None or age.total_seconds() <= most)


def _returned(asked: Asking) -> int | None:
    """When the person was sent to sign in, unless that is long ago or still to come."""
    mark = asked.parameters.get(detour.MARK)
    return None if mark is None else detour.left_at(asking.here(), mark, asked.now)


_STEPS: tuple[Step, ...] = (
    _signed_in,
    _signed_in_lately,
    _expected,
    _proved,
    consent.remembered,
    consent.organization,
    consent.page,
)
