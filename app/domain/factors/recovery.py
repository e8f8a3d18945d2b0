"""Recovery codes: ten of them, shown once, each good for one sign-in."""

import secrets
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.db import changed
from app.kit.secrets import digest
from app.models.factors import RecoveryCode

MOST = 10
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is read as another
_GROUPS, _GROUP = 4, 4  # 79 bits: guessing it from its digest is out of reach


def make(session: Session, user_id: str, now: datetime) -> list[str]:
    """Ten new codes at the only moment they are known; those of before end."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    codes = [_new() for _ in range(MOST)]
    for code in codes:
        session.add(RecoveryCode(digest=_digest(code), user_id=user_id, created_at=now))
    session.flush()
    return codes


def use(session: Session, user_id: str, typed: str, now: datetime) -> bool:
    """Use a code up; of two who send the same one at once, one gets in."""
    unused = (
        RecoveryCode.digest == _digest(typed),
        RecoveryCode.user_id == user_id,
        RecoveryCode.used_at.is_(None),
    )
    return changed(session, update(RecoveryCode).where(*unused).values(used_at=now)) == 1


def _new() -> str:
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _digest(code: str) -> bytes:
    """Of the letters alone: people leave out dashes, or type them as they like."""
    return digest("".join(each for each in code.lower() if each.isalnum()))
