"""What is left when the days of undoing are over: rows go or lose their person, money stays."""

from datetime import datetime

from sqlalchemy import Text, delete, select, type_coerce, update
from sqlalchemy.orm import Session

from app.domain import audit, belongings
from app.domain.billing import winding
from app.domain.clients import manage
from app.kit import ids
from app.models.accounts import Membership, Organization, User
from app.models.clients import Client, ClientLogo, ClientSecret
from app.models.credentials import ApiKey
from app.models.grants import Grant
from app.models.invitations import Invitation
from app.models.limits import RequestRate
from app.models.runs import Run
from app.models.sign_in import DevelopmentMail
from app.models.work import Work

AT_ONCE = 100  # runs in one transaction
NOBODY = "deleted.invalid"  # where addresses of those who are gone are


def due_organizations(session: Session, now: datetime) -> list[str]:
    """The shared organizations whose time to be undone is over."""
    over = Organization.deletion_due_at <= now, Organization.deleted_at.is_(None)
    shared = Organization.personal_user_id.is_(None)
    return list(session.scalars(select(Organization.id).where(*over, shared).limit(AT_ONCE)))


def due_accounts(session: Session, now: datetime) -> list[str]:
    """The people whose time to undo is over."""
    over = User.deletion_due_at <= now, User.deleted_at.is_(None)
    return list(session.scalars(select(User.id).where(*over).limit(AT_ONCE)))


def own_organization(session: Session, user_id: str) -> str | None:
    """The organization that goes with an account, unless it is gone."""
    own = Organization.personal_user_id == user_id, Organization.deleted_at.is_(None)
    return session.scalar(select(Organization.id).where(*own))


def some_runs(session: Session, organization_id: str, now: datetime) -> int:
    """Remove a batch of the runs of an organization that is due; gives how many."""
    row = _due(session, organization_id, now)
    if row is None:
        return 0
    mine = select(Run.id).where(Run.organization_id == organization_id).limit(AT_ONCE)
    batch = list(session.scalars(mine))
    session.execute(delete(Run).where(Run.id.in_(batch)))
    return len(batch)


def organization(session: Session, organization_id: str, now: datetime) -> None:
    """Remove all that is left of an organization; its money and its log stay, under its id."""
    row = _due(session, organization_id, now)
    if row is None:
        return
    _end_apps(session, organization_id, now)
    belongings.remove(session, "organizations", organization_id)
    row.name, row.deleted_at = "Deleted organization", now
    row.claim_email = row.suspended_reason = None
    winding.follow(session, organization_id, now)
    audit.record(
        session, organization_id, audit.OPERATOR, "organization.deleted", organization_id, {}, now
    )


def account(session: Session, user_id: str, now: datetime) -> None:
    """Remove somebody's rows, and take them out of those that are others'; their id names nobody.

    Their own organization went before.
    """
    user = session.get_one(User, user_id, with_for_update={"key_share": True})
    if user.deleted_at is not None or user.deletion_due_at is None or user.deletion_due_at > now:
        return
    _forget_places(session, user_id)
    _forget_address(session, user.email)
    for organization_id in _places(session, user_id):
        audit.record(session, organization_id, audit.OPERATOR, "member.left", user_id, {}, now)
    belongings.remove(session, "users", user_id)
    session.execute(delete(RequestRate).where(RequestRate.subject == user_id))
    user.email = user.trial_address = f"{ids.new('gone')}@{NOBODY}"  # not for others to take first
    user.name, user.password_digest, user.time_zone = "", None, "UTC"
    user.deleted_at = now


def _due(session: Session, organization_id: str, now: datetime) -> Organization | None:
    """An organization, held; None where somebody undid it or it is gone."""
    row = session.get_one(Organization, organization_id, with_for_update={"key_share": True})
    undone = row.deletion_due_at is None or row.deletion_due_at > now
    return None if undone or row.deleted_at is not None else row


def _end_apps(session: Session, organization_id: str, now: datetime) -> None:
    """Apps it made end for everybody who connected them, and nothing of it is left in them."""
    for row in session.scalars(select(Client).where(Client.organization_id == organization_id)):
        manage.close(session, row, "organization_deleted", now)
        row.name, row.told, row.redirect_uris = "Deleted app", {}, []
        row.client_uri = row.logo_uri = row.tos_uri = row.policy_uri = None
        row.jwks = row.jwks_uri = row.created_from = None
        for table in (ClientSecret, ClientLogo):
            session.execute(delete(table).where(table.client_id == row.id))
    session.flush()


def _places(session: Session, user_id: str) -> list[str]:
    mine = select(Membership.organization_id).where(Membership.user_id == user_id)
    return list(session.scalars(mine.order_by(Membership.organization_id)))


def _forget_places(session: Session, user_id: str) -> None:
    """From where somebody worked, in rows that organizations keep of them."""
    mine = update(ApiKey).where(ApiKey.user_id == user_id)
    session.execute(mine.values(created_from=None, last_used_from=None))
    session.execute(update(Grant).where(Grant.user_id == user_id).values(last_used_from=None))


def _forget_address(session: Session, email: str) -> None:
    """Rows that know somebody by their address alone."""
    session.execute(delete(Invitation).where(Invitation.email == email))
    session.execute(delete(DevelopmentMail).where(DevelopmentMail.recipient == email))
    asked = update(Organization).where(Organization.claim_email == email)
    session.execute(asked.values(claim_email=None))
    told = type_coerce(Work.payload, Text).contains(f'"{email}"', autoescape=True)
    session.execute(delete(Work).where(Work.kind == "send_mail", told))
