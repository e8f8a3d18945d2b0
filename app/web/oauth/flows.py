"""Each grant type: what it takes from the form, and the rule of the domain that decides."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from app.bootstrap import Services
from app.db import Transaction, session_of
from app.domain.clients.authenticate import Presented
from app.domain.clients.known import KnownClient
from app.domain.clients.metadata import DEVICE
from app.domain.grants import audience, codes, own, polls, refresh
from app.domain.grants.answers import Denied, Tokens
from app.kit import clock
from app.web.oauth.form import needed
from app.web.oauth.program import Program

OWN = "client_credentials"

Act = Callable[[Transaction], Tokens | Denied]


class Asked(NamedTuple):
    """A request at the token endpoint whose client has proved itself."""

    services: Services
    client: KnownClient
    secret: str  # what it proved itself by; empty where it was nothing of the kind
    form: dict[str, str]
    audience: str | None  # path of the resource it names


def decided(asking: Program, client: KnownClient, shown: Presented, now: datetime) -> Act | Denied:
    """What is to be done for what a client presents; all that can be found before is found."""
    form = asking.form
    grant_type = needed(form, "grant_type")
    flow = FLOWS.get(grant_type)
    if flow is None:
        return Denied("unsupported_grant_type", f"This server knows {', '.join(FLOWS)}.")
    if grant_type not in {*client.grant_types, OWN}:  # a switch of its own, not a registration
        return Denied("unauthorized_client", f"This client is not registered for {grant_type}.")
    path = named(asking.services, form.get("resource"))
    if isinstance(path, Denied):
        return path
    return flow(Asked(asking.services, client, shown.secret, form, path), now)


def named(its: Services, resource: str | None) -> str | Denied | None:
    """The path of the resource a request names; None where it names none."""
    if resource is None:
        return None
    settings = its.settings
    port = int(settings.bind.rpartition(":")[2] or 0)
    ours = audience.origins(settings.base_url, development=settings.development, port=port)
    path = audience.path_of(resource, ours)
    return path or Denied("invalid_target", "resource is not a resource of this server.")


def _code(asked: Asked, now: datetime) -> Act:
    form = asked.form
    presented = codes.Presented(
        needed(form, "code"), form.get("redirect_uri"), form.get("code_verifier"), asked.audience
    )
    code = codes.find(asked.services.database, presented.code)
    return lambda where: codes.redeem(where, asked.client, code, presented, now)


def _refresh(asked: Asked, now: datetime) -> Act:
    token = needed(asked.form, "refresh_token")
    presented = refresh.Presented(token, asked.form.get("scope"), asked.audience)
    grace = timedelta(seconds=asked.services.settings.refresh_grace_seconds)
    rule = refresh.Rotation(asked.services.links.keys, grace)
    link = refresh.find(asked.services.database, token)
    return lambda where: refresh.redeem(where, asked.client, link, presented, rule, now)


def _device(asked: Asked, now: datetime) -> Act:
    code = needed(asked.form, "device_code")
    return lambda where: polls.redeem(session_of(where), asked.client, code, asked.audience, now)


def _own(asked: Asked, _now: datetime) -> Act:
    """No grant that others end stands behind it: what it rests on is looked at once more."""

    def act(where: Transaction) -> Tokens | Denied:
        session, scope = session_of(where), asked.form.get("scope")
        client = own.hold(session, asked.client)
        return own.issue(session, client, asked.secret, scope, asked.audience, clock.now())

    return act


FLOWS: dict[str, Callable[[Asked, datetime], Act]] = {
    "authorization_code": _code,
    "refresh_token": _refresh,
    DEVICE: _device,
    OWN: _own,
}
