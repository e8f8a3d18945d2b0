"""What people call those who act in an organization and what they act on."""

from collections.abc import Iterable

from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.models.accounts import Organization, User
from app.models.clients import Client
from app.models.credentials import ApiKey
from app.models.exports import Export
from app.models.grants import Grant
from app.models.invitations import Invitation


def words(session: Session, chain: str, ids: Iterable[str]) -> dict[str, str]:
    """By their ids, those that are still there: one question for all kinds."""
    known = sorted(set(ids))
    if not known:
        return {}
    kinds = union_all(*(each.where(column.in_(known)) for column, each in _kinds(chain)))
    return {id_: name for id_, name in session.execute(kinds) if name}


def _kinds(chain: str) -> list[tuple[InstrumentedAttribute[str], Select[str, str]]]:
    """Names of an organization's own things, and the addresses of people who are here."""
    here = Organization.id == chain
    return [
        (User.id, select(User.id, User.email).where(User.deleted_at.is_(None))),
        (ApiKey.id, select(ApiKey.id, ApiKey.name).where(ApiKey.organization_id == chain)),
        (Client.id, select(Client.id, Client.name)),
        (
            Grant.id,
            select(Grant.id, Client.name)
            .join(Client, Client.id == Grant.client_id)
            .where(Grant.organization_id == chain),
        ),
        (
            Invitation.id,
            select(Invitation.id, Invitation.email).where(Invitation.organization_id == chain),
        ),
        (Organization.id, select(Organization.id, Organization.name).where(here)),
        (
            Export.id,
            select(Export.id, literal("everything of the organization")).where(
                Export.organization_id == chain
            ),
        ),
    ]
