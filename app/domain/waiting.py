"""Places for calls that wait: few per credential and organization, exact across processes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain.callers import Caller
from app.kit import ids
from app.models.limits import WaitSlot

PER_CREDENTIAL = 2
PER_ORGANIZATION = 4
LONGEST = timedelta(minutes=5)  # a listen stream; every other wait is shorter
MARGIN = timedelta(seconds=30)  # for a last look at a busy database, and the answer


@dataclass(frozen=True, slots=True)
class Place:
    """The places one waiting call holds; give it back when the wait ends."""

    holder: str


def take(session: Session, caller: Caller, now: datetime, longest: timedelta) -> Place | None:
    """A place for a call that waits so long at most, or None where all are taken.

    A process that dies gives nothing back, so a place is kept little longer than its wait may last.
    """
    place = Place(ids.new("wait"))
    wanted = (
        (f"credential:{caller.credential_id}", PER_CREDENTIAL),
        (f"organization:{caller.organization_id}", PER_ORGANIZATION),
    )
    until = now + longest + MARGIN
    if all(_slot(session, place, subject, slots, now, until) for subject, slots in wanted):
        return place
    give_back(session, place)
    return None


def give_back(session: Session, place: Place) -> None:
    """Free what a waiting call held."""
    session.execute(delete(WaitSlot).where(WaitSlot.holder == place.holder))


def _slot(
    session: Session, place: Place, subject: str, slots: int, now: datetime, until: datetime
) -> bool:
    """Take one of a subject's slots: a free one, or one whose lease ran out."""
    for slot in range(slots):
        statement = (
            insert(session, WaitSlot)
            .values(subject=subject, slot=slot, holder=place.holder, lease_until=until)
            .on_conflict_do_update(
                index_elements=["subject", "slot"],
                set_={"holder": place.holder, "lease_until": until},
                where=WaitSlot.lease_until < now,
            )
        )
        if changed(session, statement) == 1:
            return True
    return False
