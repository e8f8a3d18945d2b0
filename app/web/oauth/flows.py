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


class Asked(NamedTuple):
    """A request at the token endpoint whose client has proved itself."""

    services: Services
    client: KnownClient
    secret: str  # what it proved itself by; empty where it was nothing of the kind
    form: dict[str, str]
    audience: str | None  # path of the resource it names


def decide(
    where: Transaction, asking: Program, client: KnownClient, shown: Presented, now: datetime
) -> Tokens | Denied:
    """What a client gets for what it presents."""
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
    return flow(where, Asked(asking.services, client, shown.secret, form, path), now)


def named(its: Services, resource: str | None) -> str | Denied | None:
    """The path of the resource a request names; None where it names none."""
    if resource is None:
        return None
    settings = its.settings
    port = int(settings.bind.rpartition(":")[2] or 0)
    ours = audience.origins(settings.base_url, development=settings.development, port=port)
    path = audience.path_of(resource, ours)
    return path or Denied("invalid_target", "resource is not a resource of this server.")


def _code(where: Transaction, asked: Asked, now: datetime) -> Tokens | Denied:
    form = asked.form
    presented = codes.Presented(
        needed(form, "code"), form.get("redirect_uri"), form.get("code_verifier"), asked.audience
    )
    code = codes.find(asked.services.database, presented.code)
    return codes.redeem(where, asked.client, code, presented, now)


def _refresh(where: Transaction, asked: Asked, now: datetime) -> Tokens | Denied:
    token = needed(asked.form, "refresh_token")
    presented = refresh.Presented(token, asked.form.get("scope"), asked.audience)
    grace = timedelta(seconds=asked.services.settings.refresh_grace_seconds)
    rule = refresh.Rotation(asked.services.links.keys, grace)
    link = refresh.find(asked.services.database, token)
    return refresh.redeem(where, asked.client, link, presented, rule, now)


def _device(where: Transaction, asked: Asked, now: datetime) -> Tokens | Denied:
    code = needed(asked.form, "device_code")
    return polls.redeem(session_of(where), asked.client, code, asked.audience, now)


def _own(where: Transaction, asked: Asked, _now: datetime) -> Tokens | Denied:
    """No grant that others end stands behind it: what it rests on is looked at once more."""
    session = session_of(where)
    client, scope = own.hold(session, asked.client), asked.form.get("scope")
    return own.issue(session, client, asked.secret, scope, asked.audience, clock.now())


FLOWS: dict[str, Callable[[Transaction, Asked, datetime], Tokens | Denied]] = {
    "authorization_code": _code,
    "refresh_token": _refresh,
    DEVICE: _device,
    OWN: _own,
}
