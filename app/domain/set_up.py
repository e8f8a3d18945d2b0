"""How far an organization is set up: what was made, who is there, and whether a call has come."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, literal, null, select, union_all
from sqlalchemy.orm import Session

from app.models.accounts import Membership
from app.models.clients import Client
from app.models.credentials import ApiKey
from app.models.grants import Grant


class Caller(NamedTuple):
    """A key or an app, when it called, and how often."""

    name: str
    at: datetime | None  # an app's first call, a key's last one
    requests: int


class SetUp(NamedTuple):
    """What is done already; None: not yet."""

    key: Caller | None
    app: Caller | None
    people: int

    @property
    def called(self) -> bool:
        """Whether a first call has come."""
        return any(each is not None and each.at is not None for each in (self.key, self.app))


def of(session: Session, organization_id: str) -> SetUp:
    """How far an organization is, in one question."""
    rows = session.execute(
        union_all(
            select(
                select(literal("key"), ApiKey.name, ApiKey.last_used_at, ApiKey.requests)
                .where(ApiKey.organization_id == organization_id)
                .order_by(ApiKey.last_used_at.desc().nulls_last(), ApiKey.id.desc())
                .limit(1)
                .subquery()
            ),
            select(
                select(literal("app"), Client.name, Grant.first_used_at, Grant.requests)
                .join(Client, Client.id == Grant.client_id)
                .where(Grant.organization_id == organization_id)
                .order_by(Grant.first_used_at.asc().nulls_last(), Grant.id)
                .limit(1)
                .subquery()
            ),
            select(literal("people"), literal(""), null(), func.count()).where(
                Membership.organization_id == organization_id
            ),
        )
    )
    found = {kind: Caller(name, at, count) for kind, name, at, count in rows}
    return SetUp(found.get("key"), found.get("app"), found["people"].requests)
