"""The versions of a comparison: what the panel did with each, seat by seat."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.domain.panel.shapes import Json
from app.domain.report.measures import Estimate, Measures, change, measure, share
from app.domain.report.seats import Seat
from app.domain.runs import sheet
from app.domain.runs.sheet import Sheet
from app.web.runs import facts

LETTERS = "ABCDE"


class Variant(NamedTuple):
    """One version, what the panel did with it, and how its intent differs from the first's."""

    letter: str
    sheet: Sheet
    title: str
    preferred: Estimate | None
    found: Measures | None
    change: Estimate | None


def variants(session: Session, runs: Sequence[Sheet], result: Json | None) -> list[Variant]:
    """The versions in their order; without a result there are no figures yet."""
    if result is None:
        return [_bare(place_, one) for place_, one in enumerate(runs)]
    seats = sheet.seats(session, [one.id for one in runs])
    shares = {one["run_id"]: one["share"] for one in result["preferred"]}
    first = seats[runs[0].id]
    return [
        _bare(place_, one)._replace(
            preferred=_preferred(shares.get(one.id, 0.0), len(seats[one.id])),
            found=measure(_bodies(seats[one.id]), (one.synthesis or {}).get("stats", {})),
            change=change(_intents(first), _intents(seats[one.id])) if place_ else None,
        )
        for place_, one in enumerate(runs)
    ]


def _bare(number: int, one: Sheet) -> Variant:
    return Variant(LETTERS[number], one, facts.title(one._replace(label=None)), None, None, None)


def _preferred(part: float, of: int) -> Estimate:
    return share(round(part * of), of)._replace(value=part)


def _bodies(seats: Sequence[Seat]) -> list[Json]:
    return [seat.body for seat in seats]


def _intents(seats: Sequence[Seat]) -> list[int]:
    return [seat.body["intent"] for seat in seats]
