"""What a list of runs is narrowed by: facts an index answers, and texts looked into by parts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, UnaryExpression, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.kit import clock, ids
from app.models.runs import Comparison, Run

STATES = ("complete", "running", "failed", "cancelled")
LOOKED_INTO = 1_000  # texts of each kind for one page: no index finds words inside them

_APART = timedelta(minutes=1)  # at most, a row's moment from that in its id
_PREFIX = {Run: "run", Comparison: "cmp"}
_Table = type[Run] | type[Comparison]
_Conditions = list[ColumnElement[bool]]


class Filter(NamedTuple):
    """Which rows of an organization; what is empty lets all through."""

    organization_id: str
    book: str = "live"
    text: str = ""
    state: str = ""  # one of STATES
    subject: str = ""  # the key or app that started them
    user_id: str = ""  # the person
    since: datetime | None = None

    @property
    def narrows(self) -> bool:
        """Whether anything but the book is asked for."""
        return any(self[2:])


class Cut(NamedTuple):
    """Where a page begins: the place of a row that is not on it; reading on, or back to newer."""

    place: str = ""
    back: bool = False

    def of(self, table: _Table) -> _Conditions:
        """The rows on this side of the cut."""
        if not self.place:
            return []
        here = f"{_PREFIX[table]}_{self.place}"
        return [table.id > here if self.back else table.id < here]

    def order(self, table: _Table) -> UnaryExpression[str]:
        """As one reads: from the cut away."""
        return table.id.asc() if self.back else table.id.desc()

    def beyond(self, place: str, end: str) -> bool:
        """Whether a place lies further on than an end."""
        return place > end if self.back else place < end

    def nearest(self, ends: Sequence[str]) -> str | None:
        """The end one comes to first."""
        return (min(ends) if self.back else max(ends)) if ends else None


def chosen(table: _Table, wanted: Filter) -> _Conditions:
    """All that is asked for but its text."""
    found = [table.organization_id == wanted.organization_id, table.book == wanted.book]
    if wanted.state:
        if wanted.state == "running" and table is Run:
            found.append(Run.completed_at.is_(None))  # an index of its own: they are few
        else:
            found.append(table.status == wanted.state)
    if wanted.subject:
        found.append(table.subject == wanted.subject)
    if wanted.user_id:
        found.append(table.user_id == wanted.user_id)
    if wanted.since is not None:
        since = clock.milliseconds(wanted.since - _APART)
        found += [table.id >= ids.first_of(_PREFIX[table], since), table.created_at >= wanted.since]
    return found


def holds(text: str, *columns: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Whether one of these texts holds another, in any case."""
    return or_(*(column.icontains(text, autoescape=True) for column in columns))


def end(
    session: Session, table: _Table, among: _Conditions, order: UnaryExpression[str]
) -> str | None:
    """The last id whose text one page looks into; None where it looks into all that are left."""
    statement = select(table.id).where(*among).order_by(order).offset(LOOKED_INTO).limit(1)
    return session.scalar(statement)


def looked(table: _Table, cut: Cut, end: str | None) -> _Conditions:
    """The rows up to that end."""
    if end is None:
        return []
    return [table.id <= end if cut.back else table.id >= end]
