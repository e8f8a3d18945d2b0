"""Facts about this installation that outlive a process: its name and its payment mode."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import insert
from app.errors import Conflict
from app.kit import ids
from app.models.accounts import User
from app.models.work import InstallationFact

DEMO_HOST = "polis.localhost"  # where nobody gets mail, so that nobody can prove an address there


class OtherPaymentMode(Conflict):
    """The database was used with another kind of money."""


def settle_mode(session: Session, mode: str) -> None:
    """Write the payment mode down at the first start; refuse to run on another one later."""
    kept = _fact(session, "payment_mode", mode)
    if kept != mode:
        raise OtherPaymentMode(
            f"This database holds entries of payment mode {kept}, and the settings say {mode}.",
            hint=f"Run: polis migrate-billing --from {kept} --to {mode}",
        )


def has_demo(session: Session) -> bool:
    """Whether the demo's person was ever made here.

    Made as one whose address is proved: anybody may sign up with an address like that one.
    """
    proved = User.email_verified_at.is_not(None)
    demo = select(User.id).where(User.email.like(f"%@{DEMO_HOST}"), proved).limit(1)
    return session.scalar(demo) is not None


def name(session: Session) -> str:
    """The installation's own id, made when first asked for."""
    return _fact(session, "id", ids.new("ins"))


def _fact(session: Session, key: str, value: str) -> str:
    session.execute(
        insert(session, InstallationFact).values(name=key, value=value).on_conflict_do_nothing()
    )
    kept = session.scalar(select(InstallationFact.value).where(InstallationFact.name == key))
    assert kept is not None  # written two lines above
    return kept
