"""Which factors a person has, and that all of them go together."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from app.db import changed
from app.domain import audit, mails
from app.kit import clock
from app.models.accounts import Organization, User
from app.models.factors import (
    Authenticator,
    Passkey,
    PasskeyChallenge,
    RecoveryCode,
    SecondStep,
)


class Having(NamedTuple):
    """What somebody can answer with when a second factor is asked for."""

    authenticator: bool
    passkeys: int
    codes: int  # that are not used yet

    @property
    def any(self) -> bool:
        """Whether a second factor is set; recovery codes alone are none."""
        return self.authenticator or self.passkeys > 0


def of(session: Session, user_id: str) -> Having:
    """Everything a person has, in one statement."""
    row = session.execute(
        select(
            _count(Authenticator.user_id == user_id),
            _count(Passkey.user_id == user_id),
            _count(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None)),
        )
    ).one()
    return Having(bool(row[0]), row[1], row[2])


def is_set(session: Session, user_id: str) -> bool:
    """Whether every road in has to ask this person for a second factor."""
    found = select(
        or_(
            exists().where(Authenticator.user_id == user_id),
            exists().where(Passkey.user_id == user_id),
        )
    )
    return bool(session.scalar(found))


def settle(session: Session, user_id: str, what: str, now: datetime) -> None:
    """After a factor came or went: it is written down and told, and codes without use go."""
    if not is_set(session, user_id):
        _forget(session, RecoveryCode, user_id)
    own = select(Organization.id).where(Organization.personal_user_id == user_id)
    organization_id = session.scalar(own)
    if organization_id is not None:
        action = f"account.{what.replace(' ', '_')}"
        audit.record(session, organization_id, user_id, action, user_id, {}, now)
    address = session.scalars(select(User.email).where(User.id == user_id)).one()
    facts = {"what": WORDS[what], "at": clock.iso(now)}
    mails.record(session, "factor_changed", address, facts, now)


WORDS = {
    "passkey added": "A passkey was added",
    "passkey removed": "A passkey was removed",
    "authenticator added": "An authenticator app was added",
    "authenticator removed": "The authenticator app was removed",
    "recovery codes made": "New recovery codes were made, and the old ones ended",
    "recovery code used": "A recovery code was used to sign in",
}


def forget_all(session: Session, user_id: str) -> None:
    """Take every factor of a person away, and steps that wait for one."""
    for table in (Authenticator, Passkey, PasskeyChallenge, RecoveryCode, SecondStep):
        _forget(session, table, user_id)


def forget_since(session: Session, user_id: str, moment: datetime) -> None:
    """Take away the factors that came since a moment, and steps that wait for one."""
    for table in (Authenticator, Passkey):
        since = table.user_id == user_id, table.created_at >= moment
        session.execute(delete(table).where(*since))
    for each in (PasskeyChallenge, SecondStep):
        _forget(session, each, user_id)
    since_then = RecoveryCode.user_id == user_id, RecoveryCode.created_at >= moment
    session.execute(delete(RecoveryCode).where(*since_then))


def _forget(
    session: Session,
    table: type[Authenticator | Passkey | PasskeyChallenge | RecoveryCode | SecondStep],
    user_id: str,
) -> int:
    return changed(session, delete(table).where(table.user_id == user_id))


def _count(*which: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).where(*which).scalar_subquery()
