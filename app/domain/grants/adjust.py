"""The limit and the end of a connection, changed after it was approved."""

from datetime import UTC, date, datetime, time
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.domain import audit, raising, sessions
from app.domain.grants import consents
from app.domain.grants.connection import Connection
from app.domain.grants.terms import BadTerms
from app.domain.rights import NotAllowed
from app.domain.signed_in import SignedIn
from app.errors import Conflict
from app.kit import clock
from app.models.grants import Grant

_LAST_MINUTE = time(23, 59, tzinfo=UTC)


class Agreed(NamedTuple):
    """A monthly limit in tokens (None: none of its own), and the moment access ends."""

    tokens: int | None
    ends: datetime


def ends(connection: Connection, text: str, now: datetime) -> datetime:
    """The end of a day somebody wrote; the day it stands at changes nothing."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise BadTerms("Write the day as 2027-01-31.", field="ends") from None
    if day == connection.ends.date():
        return connection.ends
    if day < now.date():
        raise BadTerms("Choose today or a later day.", field="ends")
    if day > connection.latest.date():
        last = f"{connection.latest:%-d %B %Y}"
        raise BadTerms(f"It ends on {last} at the latest; connect it anew then.", field="ends")
    return min(datetime.combine(day, _LAST_MINUTE), connection.latest)


def change(
    session: Session, person: SignedIn, connection: Connection, agreed: Agreed, now: datetime
) -> bool:
    """Put other terms in place of those there are; says whether they differ."""
    if not connection.may_change:
        raise NotAllowed("Tokens of an organization are its owners'.", hint="Ask an owner.")
    row = session.get_one(Grant, connection.id, with_for_update=True, populate_existing=True)
    if row.ended_at is not None:
        raise Conflict("This connection has ended.", hint="Connect the app again.")
    before = Agreed(row.monthly_cap_tokens, row.expires_at)
    if agreed == before:
        return False
    raising.only_by_owner(before.tokens, agreed.tokens, owner=connection.may_decide)
    if agreed.ends != before.ends or raising.raises(before.tokens, agreed.tokens):
        sessions.require_fresh(person, now)
    row.monthly_cap_tokens, row.expires_at = agreed
    if row.user_id is not None:
        consents.tighten(session, row)
    facts = {"from": _told(before), "to": _told(agreed)}
    audit.record(
        session, row.organization_id, person.user_id, "app.limits_changed", row.id, facts, now
    )
    return True


def _told(agreed: Agreed) -> dict[str, int | str | None]:
    return {"tokens": agreed.tokens, "ends": clock.iso(agreed.ends)}
