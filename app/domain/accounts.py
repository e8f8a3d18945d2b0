"""People and the organizations they belong to."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain import audit, trial
from app.errors import Conflict, InvalidInput, NotFound
from app.kit import ids
from app.models.accounts import Membership, Organization, User

_LONGEST_EMAIL = 254
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Person:
    """A person and the organization that is theirs alone."""

    user_id: str
    email: str
    organization_id: str


def create(
    session: Session,
    email: str,
    *,
    password_digest: str | None,
    mode: str,
    now: datetime,
    verified: bool = False,
    trial_tokens_per_day: int = 0,
) -> Person:
    """Make a person and their own organization; a verified one gets the trial tokens."""
    user = _new_user(session, normal_email(email), password_digest, now)
    user.email_verified_at = now if verified else None
    organization = _own_organization(session, user, now)
    audit.record(session, organization.id, user.id, "account.created", user.id, {}, now)
    if verified:
        per_day = trial_tokens_per_day
        trial.grant(session, user.email, organization.id, mode, per_day=per_day, now=now)
    return Person(user.id, user.email, organization.id)


def find(session: Session, email: str) -> Person:
    """The person with an address and their own organization."""
    address = normal_email(email)
    row = session.execute(
        select(User.id, Organization.id)
        .join(Organization, Organization.personal_user_id == User.id)
        .where(User.email == address)
    ).first()
    if row is None:
        raise NotFound(
            f"Nobody here has the address {address}.", hint="Make them: polis user create."
        )
    return Person(row[0], address, row[1])


def normal_email(email: str) -> str:
    """An address as we compare it: trimmed, lower case, a plain mailbox at a host in ASCII.

    Mail programs read more into an address than people do: names, comments, lists, groups. None
    of that comes in, or one mailbox would have any number of addresses.
    """
    local, _, host = email.strip().lower().rpartition("@")
    if len(email) > _LONGEST_EMAIL:
        raise InvalidInput("An e-mail address has at most 254 characters.", field="email")
    try:
        name = host.encode("idna").decode()
    except UnicodeError:
        name = ""
    if not _LOCAL.fullmatch(local) or not (_HOST.fullmatch(name) or name == "localhost"):
        raise InvalidInput("This is not an e-mail address.", field="email")
    return f"{local}@{name}"


def _new_user(session: Session, address: str, digest: str | None, now: datetime) -> User:
    """Of two that sign up with one address at the same instant, one is refused."""
    user_id = ids.new("usr")
    statement = (
        insert(session, User)
        .values(
            id=user_id, email=address, trial_address=trial.address_of(address), name="",
            password_digest=digest, time_zone="UTC", created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["email"])
    )  # fmt: skip
    if not changed(session, statement):
        raise Conflict(
            f"{address} has an account already.", hint="Sign in, or use another address."
        )
    return session.get_one(User, user_id)


def _own_organization(session: Session, user: User, now: datetime) -> Organization:
    organization = Organization(
        id=ids.new("org"),
        name=user.email.partition("@")[0][:80],
        personal_user_id=user.id,
        claimed_at=now,
        created_at=now,
    )
    session.add(organization)
    session.flush()
    session.add(
        Membership(organization_id=organization.id, user_id=user.id, role="owner", created_at=now)
    )
    return organization
