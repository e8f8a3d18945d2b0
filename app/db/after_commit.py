"""What is to happen once a transaction is committed, and not at all where it is not."""

from collections.abc import Callable

from sqlalchemy.orm import Session

_ACTS = "polis_afterwards"


def afterwards(session: Session, act: Callable[[], None]) -> None:
    """Have something done after the commit; it must not need the database."""
    session.info.setdefault(_ACTS, []).append(act)


def happen(session: Session) -> None:
    """Do it all: the transaction is committed."""
    for act in session.info.pop(_ACTS, ()):
        act()
