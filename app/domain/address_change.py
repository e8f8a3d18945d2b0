"""Another address for an account: confirmed at the new one, undone for a week from the old one."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain import accounts, audit, identities, mailed_links, mails, sessions
from app.domain.factors import having
from app.domain.mailed_links import LinkSpent
from app.domain.rights import NotAllowed
from app.domain.signed_in import SignedIn
from app.errors import Conflict, InvalidInput
from app.kit import clock, ids
from app.models.accounts import Organization, User


def ask(session: Session, person: SignedIn, typed: str, now: datetime, *, mailed: bool) -> str:
    """Write to the new address; whether it is known here, only its owner is told.

    An address that was written to too often is not `mailed`, and nobody is told either.
    """
    if not person.verified:
        raise NotAllowed("Prove your address first.", hint="Follow the link in our mail.")
    address = accounts.normal_email(typed)
    if address == person.email:
        raise InvalidInput("This is your address already.", field="email")
    purpose = "address_taken" if _holder(session, address) is not None else "change_email"
    if mailed:
        mails.record(session, purpose, address, {"user": person.user_id}, now)
    return address


def confirm(session: Session, secret: str, now: datetime) -> None:
    """Use the new address, and tell the old one how to undo it."""
    link = mailed_links.use(session, secret, now)
    user = session.get_one(User, link.user_id)
    if _holder(session, link.email) is not None:
        raise LinkSpent("This address has an account of its own by now.")
    old = user.email
    try:
        with session.begin_nested():
            user.email, user.email_verified_at = link.email, now
    except IntegrityError:  # somebody signed up with it this very moment
        raise LinkSpent("This address has an account of its own by now.") from None
    _note(session, user.id, "account.address_changed", now)
    facts = {"user": user.id, "at": clock.iso(now)}
    mails.record(session, "address_changed", old, facts, now)


def undo(session: Session, secret: str, now: datetime) -> str:
    """Bring the old address back, and end whatever may have come in since; gives the address."""
    link = mailed_links.use(session, secret, now)
    user = session.get_one(User, link.user_id)
    _make_room(session, link.email, user.id, now)
    user.email = link.email
    if user.password_set_at is not None and user.password_set_at >= link.made_at:
        user.password_digest = None
    having.forget_since(session, user.id, link.made_at)
    identities.forget_since(session, user.id, link.made_at)
    sessions.end_all(session, user.id, now)
    session.flush()
    _note(session, user.id, "account.address_restored", now)
    return link.email


def _make_room(session: Session, address: str, user_id: str, now: datetime) -> None:
    """An account made since for the old address goes where nobody ever proved it.

    Otherwise whoever took an account away could keep it by signing up with the old address.
    """
    holder = _holder(session, address)
    if holder is None or holder == user_id:
        return
    other = session.get_one(User, holder, with_for_update={"key_share": True})
    if other.email_verified_at is not None:
        raise Conflict("This address has another account by now.", hint="Sign in to it.")
    other.email, other.deleted_at = f"{ids.new('gone')}@nowhere.invalid", now
    sessions.end_all(session, other.id, now)
    session.flush()


def _holder(session: Session, address: str) -> str | None:
    return session.scalar(select(User.id).where(User.email == address))


def _note(session: Session, user_id: str, action: str, now: datetime) -> None:
    own = session.scalar(select(Organization.id).where(Organization.personal_user_id == user_id))
    if own is not None:
        audit.record(session, own, user_id, action, user_id, {}, now)
