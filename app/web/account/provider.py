"""Signing in by an account elsewhere: there and back, and what comes of it."""

from typing import Any

from flask import abort, redirect, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.adapters import providers as providers_at
from app.adapters.providers import NotTold
from app.domain import claims, identities, sign_up
from app.domain.identities import NAMES, Told
from app.kit import clock, logs
from app.web import asked, narrow, providers, signed_in
from app.web.account import blueprint, entry, form
from app.web.account.entry import Entered
from app.web.services import services
from app.web.signed_in import HOME, next_path

_SETTINGS = "/app/settings/security"
_log = logs.logger("web")


@blueprint.get("/login/with/<provider>")
def provider_start(provider: str) -> ResponseReturnValue:
    """Send the browser to the provider, with a state, a verifier and a nonce of its own."""
    client, linking = _client(provider), "link" in request.args
    if linking and (signed_in.current() is None or not signed_in.is_fresh()):
        here = f"/login/with/{provider}?link=1"
        again = signed_in.current() is not None
        return redirect(signed_in.sign_in_address(here, again=again), 303)
    back = f"{asked.base()}/login/with/{provider}/callback"
    begun = client.create_authorization_url(back)
    for_whom = signed_in.person().user_id if linking else ""
    kept = {"redirect_uri": back, "onward": form.onward(), "for": for_whom}
    client.save_authorize_data(**kept, **begun)
    return redirect(begun["url"], 303)


@blueprint.get("/login/with/<provider>/callback")
def provider_callback(provider: str) -> ResponseReturnValue:
    """What the provider says: a sign-in, a new account, or a link to the account signed in."""
    client = _client(provider)
    began = client.framework.get_state_data(cookie, request.args.get("state", "")) or {}
    try:
        told = providers_at.told(client)
    except NotTold as error:
        _log.info("provider.not_told", provider=provider, because=str(error))
        return _refused(provider, "failed")
    if began["for"]:
        return _linked(told, str(began["for"]))
    return _came(told, next_path(str(began["onward"])))


def _client(provider: str) -> Any:
    client = providers.client(provider)
    if client is None:
        abort(404)
    return client


def _linked(told: Told, user_id: str) -> ResponseReturnValue:
    """Whoever asked for it is still the one who is signed in, or nothing is linked."""
    person = signed_in.current()
    if person is None or person.user_id != user_id or not signed_in.is_fresh():
        return redirect(signed_in.sign_in_address(_SETTINGS, again=True), 303)
    with services().transaction() as session:
        identities.link(session, user_id, told, services().links.keys, clock.now())
    return redirect(f"{_SETTINGS}?done=linked", 303)


def _came(told: Told, onward: str) -> ResponseReturnValue:
    with services().transaction() as session:
        entered = _admitted(session, told, onward)
    if entered is None:
        return _refused(told.provider, "unproved" if told.email is None else "known")
    return entry.go_on(entered)


def _admitted(session: Session, told: Told, onward: str) -> Entered | None:
    """A known identity is let in; a new one gets an account, where its address has none.

    An address that has an account is not enough to get into it: its owner links the identity.
    """
    its, now, secrets = services().settings, clock.now(), services().links.keys
    user_id = identities.find(session, told, now)
    if user_id is None:
        if told.email is None or claims.account_of(session, told.email) is not None:
            return None
        user_id = sign_up.by_provider(
            session, told, secrets, mode=its.payment_mode, per_day=its.trial_tokens_per_day, now=now
        )
    return entry.admit(session, user_id, onward or HOME)


def _refused(provider: str, why: str) -> ResponseReturnValue:
    return narrow.failed(
        "account/provider_refused.html",
        403,
        name=NAMES[provider],
        why=why,
        settings=signed_in.query(_SETTINGS),
    )
