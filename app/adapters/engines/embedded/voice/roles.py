"""Which of a person's points does what in a reaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.adapters.engines.embedded.voice.points import Point, Points
from app.domain.panel.noise import total
from app.domain.panel.shapes import Outcome

_ENGAGED = ("click", "save")
_SOURED = 0.4  # of the bad: less good than that is not worth saying
_CLOSE = 0.7  # of the strongest pull: points this near it could as well have come first


@dataclass(frozen=True, slots=True)
class Roles:
    """The points of one reaction, cast."""

    lead: Point  # what the reaction is about
    second: Point  # what it is set against or added to
    rest: tuple[Point, ...]  # the others, strongest first
    noticed: Point
    liked: tuple[Point, ...]
    disliked: tuple[Point, ...]
    soured: bool  # so much against it that the good parts are no longer worth saying

    @property
    def all(self) -> tuple[Point, ...]:
        """Every point, the lead first."""
        return tuple(dict.fromkeys((self.lead, self.second, *self.rest)))


def cast(points: Points, outcome: Outcome, turn: int) -> Roles:
    """The cast: leavers are led by what put them off, the engaged by what drew them."""
    liked, disliked = points.liked, points.disliked
    drawn = outcome.decision in _ENGAGED or (
        outcome.decision == "stay" and _leans(points, outcome.sentiment)
    )
    own, other = (liked, disliked) if drawn else (disliked, liked)
    ranked = (*_among_close(own, turn), *other) or (points.leaning,)
    lead = ranked[0]
    others = [point for point in ranked[1:] if not _overlap(point, lead)] or ranked[1:]
    opposed = [point for point in others if point.liked != lead.liked]
    alike = [point for point in others if point.liked == lead.liked]
    soured = not drawn and _total(liked) < _SOURED * _total(disliked)
    preferred = alike if alike and (soured or turn % 3 == 0) else opposed
    second = next(iter((*preferred, *opposed, *alike)), points.leaning)
    rest = tuple(p for p in (*liked, *disliked) if p.ref not in (lead.ref, second.ref))
    present = [p for p in (*liked, *disliked) if p.place is not None]
    noticed = max(present, key=_salience, default=lead)
    return Roles(lead, second, rest, noticed, liked, disliked, soured)


def _overlap(one: Point, other: Point) -> bool:
    """Whether one quotes words of the other."""
    if one.place is None or one.place != other.place:
        return False
    return one.quote in other.quote or other.quote in one.quote


def by_kind(points: Sequence[Point]) -> list[Point]:
    """The points with the strongest of each kind before any second one."""
    firsts = {point.kind: point for point in reversed(points)}
    return [
        *(point for point in points if firsts[point.kind] is point),
        *(point for point in points if firsts[point.kind] is not point),
    ]


def _leans(points: Points, sentiment: str) -> bool:
    if sentiment in ("positive", "negative"):
        return sentiment == "positive"
    return _total(points.liked) >= _total(points.disliked)


def _total(points: tuple[Point, ...]) -> float:
    return total(abs(point.pull) for point in points)


def _among_close(points: tuple[Point, ...], turn: int) -> tuple[Point, ...]:
    """Points led by one of those about as strong as the strongest."""
    close = [p for p in points if abs(p.pull) >= _CLOSE * abs(points[0].pull)]
    if not close:
        return points
    first = close[turn % len(close)]
    return (first, *(point for point in points if point is not first))


def _salience(point: Point) -> tuple[float, float, str]:
    return abs(point.moved.get("attention", 0.0)), -float(point.place or 0), point.ref
