"""Webhooks as their rows are, without a browser that makes them."""

from typing import NamedTuple

from app.domain.webhooks import secret
from app.kit import clock, ids
from app.models.webhooks import WebhookEndpoint


class Hook(NamedTuple):
    """An endpoint, its secret and the one before it as they were shown."""

    id: str
    plain: tuple[str, str]


def kept(services, who) -> Hook:
    """An endpoint whose secret is being rolled, sealed as the installation seals now."""
    made, former = (secret.new(services.links.keys) for _ in range(2))
    row = WebhookEndpoint(
        id=ids.new("whe"),
        organization_id=who.organization_id,
        url="https://hooks.example/polis",
        events="run.completed",
        secret=made.sealed,
        last_four=made.plain[-4:],
        former_secret=former.sealed,
        former_until=clock.now(),
        created_at=clock.now(),
    )
    with services.transaction() as session:
        session.add(row)
        return Hook(row.id, (made.plain, former.plain))


def opened(services, id_) -> tuple[str, str]:
    """Both secrets of an endpoint, by the secrets of this installation."""
    with services.database.reading() as session:
        row = session.get_one(WebhookEndpoint, id_)
        both = (row.secret, row.former_secret)
        return tuple(secret.opened(each, services.links.keys) for each in both)
