"""Links sent by mail: the worker mints them, a button uses them, once, while they are fresh."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from app.db import changed
from app.errors import NotFound
from app.kit import secrets
from app.models.accounts import UNCLAIMED, Organization, User
from app.models.sign_in import MailedLink

PREFIX = "polis_ml_"
LIFE = timedelta(minutes=30)
CLAIM = "claim"
CLAIM_LIFE = timedelta(days=7)
CHANGE_EMAIL = "change_email"  # sent to the address that is to come
UNDO_EMAIL = "undo_email"  # sent to the one that was
UNDO_LIFE = timedelta(days=7)
_LIVES = {CLAIM: CLAIM_LIFE, UNDO_EMAIL: UNDO_LIFE}


class LinkSpent(NotFound):
    """Used, too old and never mailed get the same words."""


class Link(NamedTuple):
    """What a link stands for."""

    purpose: str
    user_id: str  # empty where it is for an organization nobody has claimed
    organization_id: str
    email: str
    browser: str | None  # the mark of the one it was asked from
    onward: str
    made_at: datetime  # of an undo: when the address was changed


def life(purpose: str) -> timedelta:
    """How long a link of this kind works."""
    return _LIVES.get(purpose, LIFE)


def mint(session: Session, purpose: str, email: str, facts: dict[str, str], now: datetime) -> str:
    """A new link for whoever has an address; empty where nobody is to get one."""
    claims = purpose == CLAIM
    subject = _unclaimed(session, facts) if claims else _account(session, email, facts)
    if subject is None:
        return ""
    made_at = datetime.fromisoformat(facts["at"]) if purpose == UNDO_EMAIL else now
    secret = secrets.mint(PREFIX, secrets.LONG)
    session.add(
        MailedLink(
            digest=secrets.digest(secret),
            purpose=purpose,
            user_id=None if claims else subject,
            organization_id=subject if claims else None,
            email=email,
            session_id=facts.get("browser"),
            onward=facts.get("onward", ""),
            created_at=made_at,
            expires_at=made_at + life(purpose),
        )
    )
    return secret


def look(session: Session, secret: str, now: datetime) -> Link:
    """What a link would do, without doing it: programs open links before people do."""
    if secrets.well_formed(PREFIX, secret, secrets.LONG):
        row = session.execute(
            select(*_FACTS)
            .outerjoin(User, _ITS_PERSON)
            .outerjoin(Organization, _ITS_ORGANIZATION)
            .where(or_(User.id.is_not(None), Organization.id.is_not(None)), *_living(secret, now))
        ).first()
        if row is not None:
            return Link(*row)
    raise LinkSpent("This link was used already, or is too old.")


def use(session: Session, secret: str, now: datetime) -> Link:
    """Use a link up, and with it every other that was sent to the same end.

    What undoes a change of address outlives that: only what undoes an earlier one ends it.
    """
    found = look(session, secret, now)
    _lock(session, found)
    spent = update(MailedLink).values(used_at=now)
    if changed(session, spent.where(*_living(secret, now))) != 1:
        return look(session, secret, now)  # somebody else was quicker
    same = (
        MailedLink.user_id == found.user_id
        if found.user_id
        else MailedLink.organization_id == found.organization_id
    )
    others = [same, MailedLink.used_at.is_(None), MailedLink.purpose != UNDO_EMAIL]
    if found.purpose == UNDO_EMAIL:
        others[-1] = or_(others[-1], MailedLink.created_at >= found.made_at)
    session.execute(spent.where(*others))
    return found


def _lock(session: Session, link: Link) -> None:
    """Two links to one end are used one after the other, or each would wait for the other's row."""
    table, id_ = (User, link.user_id) if link.user_id else (Organization, link.organization_id)
    session.get(table, id_, with_for_update={"key_share": True})


def last_ends(session: Session, user_id: str, purpose: str, now: datetime) -> datetime | None:
    """Until when the newest link of a kind works that one person was sent; None where none does."""
    theirs = MailedLink.user_id == user_id, MailedLink.purpose == purpose
    living = MailedLink.used_at.is_(None), MailedLink.expires_at > now
    return session.scalar(select(func.max(MailedLink.expires_at)).where(*theirs, *living))


def forget_old(session: Session, now: datetime) -> int:
    """Drop links that cannot be used any more."""
    return changed(session, delete(MailedLink).where(MailedLink.expires_at < now))


def _living(secret: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        MailedLink.digest == secrets.digest(secret),
        MailedLink.used_at.is_(None),
        MailedLink.expires_at > now,
    )


def _account(session: Session, email: str, facts: dict[str, str]) -> str | None:
    """Whose address it is; a change of address names its person, who has another one."""
    named = facts.get("user")
    which = User.id == named if named else User.email == email
    return session.scalar(select(User.id).where(which, User.deleted_at.is_(None)))


def _unclaimed(session: Session, facts: dict[str, str]) -> str | None:
    """The organization a claim is for, while nobody has claimed it."""
    return session.scalar(
        select(Organization.id).where(Organization.id == facts["organization"], UNCLAIMED)
    )


_ITS_PERSON = and_(
    User.id == MailedLink.user_id,
    or_(
        User.email == MailedLink.email,
        MailedLink.purpose.in_((CHANGE_EMAIL, UNDO_EMAIL)),  # of an address that is not theirs now
    ),
    User.deleted_at.is_(None),
)
_ITS_ORGANIZATION = and_(Organization.id == MailedLink.organization_id, UNCLAIMED)
_FACTS = (
    MailedLink.purpose,
    func.coalesce(User.id, ""),
    func.coalesce(MailedLink.organization_id, ""),
    MailedLink.email,
    MailedLink.session_id,
    MailedLink.onward,
    MailedLink.created_at,
)
