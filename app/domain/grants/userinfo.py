"""What a client learns of whoever approved it: the claims of its scopes, and no more."""

from typing import Any

from sqlalchemy.orm import Session

from app.models.accounts import Organization, User
from app.models.clients import Client
from app.models.grants import Grant


def claims(session: Session, grant_id: str, scopes: tuple[str, ...]) -> dict[str, Any]:
    """The claims of a grant's subject (OpenID Connect Core §5.1); an organization has no e-mail."""
    grant = session.get_one(Grant, grant_id)
    if grant.subject_kind == "organization":
        organization = session.get_one(Organization, grant.organization_id)
        return {"sub": organization.id, "name": organization.name}
    if grant.subject_kind == "client":
        return {"sub": session.get_one(Client, grant.client_id).client_id}
    return _person(session.get_one(User, grant.user_id), scopes)


def subject(grant: Grant, client: Client) -> str:
    """Whom a grant's tokens stand for."""
    kinds = {
        "user": grant.user_id,
        "organization": grant.organization_id,
        "client": client.client_id,
    }
    return kinds[grant.subject_kind] or ""


def _person(user: User, scopes: tuple[str, ...]) -> dict[str, Any]:
    told: dict[str, Any] = {"sub": user.id}
    if "profile" in scopes:
        told["name"] = user.name or user.email.partition("@")[0]
    if "email" in scopes:
        told |= {"email": user.email, "email_verified": user.email_verified_at is not None}
    return told
