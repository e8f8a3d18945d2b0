"""What a person has to say something about: their ledger, summed by what each term is about."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from app.adapters.engines.embedded.cues.kinds import LAYOUT
from app.adapters.engines.embedded.seat import Seat
from app.adapters.engines.embedded.voice.families import FAMILIES, family_key, narrowed, trait_key
from app.adapters.engines.embedded.voice.family import Family
from app.adapters.engines.embedded.voice.literal import around, measured, tight
from app.domain.panel.noise import total
from app.domain.panel.shapes import Contribution, Cue, Span
from app.domain.panel.word_sets import word_set

_Sums = dict[tuple[str, str], dict[str, float]]  # (source, ref) -> dimension -> pull
_COUNTED = frozenset({"number", "price"})
# A pronoun or a question mark names nothing: these are quoted with their clause.
_CLAUSAL = word_set(
    "question second_person story corporate_we negativity candour benefit audience guarantee"
    " proof social_proof curiosity_gap vague_claim"
)
_PER_KIND = 3  # cues of one kind a person speaks of
_SPEAKABLE = 0.12  # of the largest pull; what moved less was hardly felt
_SHORT_CONTENT = 12  # words below which a wrong length means too short


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """One thing that moved a person, with the words it can be named by."""

    ref: str
    kind: str
    family: Family
    pull: float  # over all dimensions, friction counted against
    moved: Mapping[str, float]  # dimension -> pull
    quote: str  # literal, empty where the thing is missing
    place: int | None  # index of the span among those read

    @property
    def liked(self) -> bool:
        """Whether it spoke for the content."""
        return self.pull > 0

    @property
    def seen(self) -> bool:
        """Whether it is about the page the text stands on."""
        return self.kind in LAYOUT


@dataclass(frozen=True, slots=True)
class Points:
    """What a person has to say, strongest first."""

    liked: tuple[Point, ...]
    disliked: tuple[Point, ...]
    faint: tuple[Point, ...]  # hardly felt or said by another: only a question brings them up
    leaning: Point  # the strongest term that is no cue: what is left when no cue speaks


def points_of(seat: Seat, read: tuple[Span, ...], turn: int, *, thorough: bool) -> Points:
    """The points of a person who read these spans; `turn` settles which of many like cues.

    Only a thorough look brings up what was hardly felt.
    """
    sums = _summed(seat.appraisal.ledger)
    places = {span.id: index for index, span in enumerate(read)}
    groups = [_group(cues, sums) for cues in _by_kind(seat.document.cues, sums, places).values()]
    floor = max((abs(group.pull) for group in groups), default=0.0) * _SPEAKABLE
    brief = sum(span.words for span in seat.document.spans[:_SHORT_CONTENT]) < _SHORT_CONTENT
    found = [
        _point(group, cue, pull, read, places, brief=brief)
        for group in groups
        for cue, pull in _ranked(group, turn)
        if thorough or abs(pull) > floor
    ]
    found.sort(key=lambda point: (-abs(point.pull), point.ref))
    strong = _distinct(point for point in found if abs(point.pull) > floor)
    return Points(
        tuple(point for point in strong if point.liked),
        tuple(point for point in strong if not point.liked),
        tuple(point for point in found if thorough and point not in strong),
        _leaning(sums),
    )


class _Group(NamedTuple):
    """The cues of one kind, and what they did together."""

    cues: list[Cue]
    moved: dict[str, float]
    pull: float


def _by_kind(cues: tuple[Cue, ...], sums: _Sums, places: Mapping[int, int]) -> dict[str, list[Cue]]:
    kinds: dict[str, list[Cue]] = {}
    for cue in cues:
        if ("cue", cue.id) in sums and (cue.span_id is None or cue.span_id in places):
            kinds.setdefault(cue.kind, []).append(cue)
    return kinds


def _group(cues: list[Cue], sums: _Sums) -> _Group:
    moved: dict[str, float] = {}
    for cue in cues:
        for dimension, value in sums["cue", cue.id].items():
            moved[dimension] = moved.get(dimension, 0.0) + value
    return _Group(cues, moved, total(moved.values()))


def _ranked(group: _Group, turn: int) -> Iterator[tuple[Cue, float]]:
    """The first cues stand for all of their kind: the whole pull, then half of it, then a third."""
    count = len(group.cues)
    for rank in range(min(count, _PER_KIND)):
        yield group.cues[(turn + rank) % count], round(group.pull / (rank + 1), 9)


def _point(
    group: _Group,
    cue: Cue,
    pull: float,
    read: tuple[Span, ...],
    places: Mapping[int, int],
    *,
    brief: bool,
) -> Point:
    place = None if cue.span_id is None else places[cue.span_id]
    quote, family = _named(cue, None if place is None else read[place], brief=brief)
    return Point(cue.id, cue.kind, family, pull, group.moved, quote, place)


def _summed(ledger: tuple[Contribution, ...]) -> _Sums:
    sums: _Sums = {}
    for term in ledger:
        moved = sums.setdefault((term.source, term.ref), {})
        value = -term.value if term.dimension == "friction" else term.value
        moved[term.dimension] = moved.get(term.dimension, 0.0) + value
    return sums


@lru_cache(maxsize=8192)
def _named(cue: Cue, span: Span | None, *, brief: bool) -> tuple[str, Family]:
    """The words a cue can be quoted by, and who speaks for it."""
    if span is None:
        if cue.kind == "off_format_length":
            return "", FAMILIES["too_short" if brief else "too_long"]
        return "", FAMILIES[family_key(cue.kind, present=False)]
    quote = _quote(cue, span)
    return quote, FAMILIES[family_key(narrowed(cue), present=True) if quote else "leaning"]


def _quote(cue: Cue, span: Span) -> str:
    start, end = cue.start - span.start, cue.end - span.start
    if not 0 <= start <= end <= len(span.text):
        return tight(cue.surface)
    if cue.kind in _CLAUSAL or (cue.kind == "price" and not _has_digit(cue.surface)):
        return around(span.text, start, end)
    if cue.kind in _COUNTED:
        return measured(span.text[:start], cue.surface, span.text[end:])
    return tight(cue.surface)


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _distinct(points: Iterable[Point]) -> list[Point]:
    """Points whose words differ: two cues on one phrase are one thing to a reader."""
    kept: list[Point] = []
    for point in points:
        if not any(_same(point, other) for other in kept):
            kept.append(point)
    return kept


def _same(one: Point, other: Point) -> bool:
    if one.quote == other.quote:
        return bool(one.quote) or one.kind == other.kind
    return one.place == other.place and one.kind == other.kind and one.kind in _CLAUSAL


def _leaning(sums: _Sums) -> Point:
    """The strongest term that is no cue; a cue stands in where there is none."""
    terms = [key for key in sums if key[0] != "cue"] or list(sums) or [("mood", "mood")]
    moved = {key: sums.get(key, {}) for key in terms}
    pulls = {key: round(total(moved[key].values()), 9) for key in terms}
    key = max(terms, key=lambda key: (abs(pulls[key]), key))
    ref = key[1]
    return Point(ref, "leaning", FAMILIES[trait_key(ref)], pulls[key], moved[key], "", None)
