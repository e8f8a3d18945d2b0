"""Whose limit a request of a client counts against: never one a stranger can use up."""

from datetime import datetime

from app.domain import networks
from app.domain.clients.authenticate import Presented
from app.domain.clients.refusals import OAuthError
from app.domain.grants import limits
from app.kit import secrets
from app.web import counted, network
from app.web.oauth.presented import read
from app.web.oauth.program import Program
from app.web.services import services


def shown(asking: Program, limit: str, secret: str, now: datetime) -> Presented:
    """What a program says of its client, counted; one that says nothing sound is counted too."""
    try:
        said = read(asking)
    except OAuthError:
        presented(asking, limit, "", secret, now)
        raise
    presented(asking, limit, said.client_id, secret, now)
    return said


def presented(asking: Program, limit: str, client_id: str, secret: str, now: datetime) -> None:
    """Count what is genuine for its grant or device, all else for client and network."""
    its = asking.services
    if not its.settings.rate_limits:
        return
    egress = its.settings.shared_egress
    with its.database.reading() as session:
        whose = limits.of(session, client_id, secret, asking.address, egress)
    name = limit if whose.genuine else f"{limit}_stranger"
    counted.count(its, name, whose.subject, now, asking.told)


def client(limit: str, client_id: str, now: datetime) -> None:
    """Count for client and network: one household cannot use up another's, nor client another's.

    A range many people share is one network with room for them all.
    """
    address = network.address()
    many = networks.shared(address, services().settings.shared_egress)
    subject = f"{secrets.digest(client_id).hex()[:32]}:{many or networks.of(address)}"
    counted.take(f"{limit}_shared" if many else limit, subject, now)
