"""The versions of a comparison: what the panel did with each, seat by seat."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.domain.panel.preference import LETTERS
from app.domain.panel.shapes import Json
from app.domain.panel.shared import in_every
from app.domain.report.measures import Estimate, Measures, change, measure, share
from app.domain.report.seats import Seat
from app.domain.runs import sheet
from app.domain.runs.sheet import Sheet
from app.web.runs import facts


class Variant(NamedTuple):
    """One version, what the panel did with it, and how its intent differs from the first's.

    Which share liked it best is kept with the verdict; the rest goes with the reactions.
    """

    letter: str
    sheet: Sheet
    title: str
    liked: float | None
    preferred: Estimate | None
    found: Measures | None
    change: Estimate | None


def variants(session: Session, runs: Sequence[Sheet], result: Json | None) -> list[Variant]:
    """The versions in their order; without a result there are no figures yet."""
    bare = [_bare(place_, one) for place_, one in enumerate(runs)]
    if result is None:
        return bare
    shares = {one["run_id"]: one["share"] for one in result["preferred"]}
    liked = [one._replace(liked=shares[one.sheet.id]) for one in bare]
    return liked if gone(runs) else _measured(session, liked)


def gone(runs: Sequence[Sheet]) -> Sheet | None:
    """A version that lost its texts: nobody can be counted any more; their verdict stands."""
    return next((one for one in runs if one.text_deleted_at is not None), None)


def _measured(session: Session, versions: Sequence[Variant]) -> list[Variant]:
    """By those who read every version: they are whom the verdict counts."""
    seats = sheet.seats(session, [one.sheet.id for one in versions])
    panels = in_every([seats[one.sheet.id] for one in versions])
    first = _intents(panels[0])
    return [
        one._replace(
            preferred=_preferred(one.liked or 0.0, len(panel)),
            found=measure(_bodies(panel), (one.sheet.synthesis or {}).get("stats", {})),
            change=change(first, _intents(panel)) if place_ else None,
        )
        for place_, (one, panel) in enumerate(zip(versions, panels, strict=True))
    ]


def _bare(number: int, one: Sheet) -> Variant:
    title = facts.title(one._replace(label=None))
    return Variant(LETTERS[number], one, title, None, None, None, None)


def _preferred(part: float, of: int) -> Estimate:
    return share(round(part * of), of)._replace(value=part)


def _bodies(seats: Sequence[Seat]) -> list[Json]:
    return [seat.body for seat in seats]


def _intents(seats: Sequence[Seat]) -> list[int]:
    return [seat.body["intent"] for seat in seats]
