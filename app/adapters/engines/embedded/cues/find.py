"""Everything in a document a reader may respond to, and what they may miss in it."""

from collections.abc import Mapping, Sequence

from app.adapters.engines.embedded.cues.kinds import KINDS, Found
from app.adapters.engines.embedded.cues.missing import missing
from app.adapters.engines.embedded.cues.patterns import patterned
from app.adapters.engines.embedded.cues.phrases import phrased
from app.adapters.engines.embedded.cues.shape import shaped
from app.adapters.engines.embedded.cues.testimonials import in_own_voice, quotations, testimonials
from app.adapters.engines.embedded.reading.words import Token
from app.domain.panel.shapes import Cue, Span

_PER_KIND = 12  # further hits of a kind add next to nothing to a reader


def find_cues(
    content: str,
    content_type: str,
    language: str,
    spans: Sequence[Span],
    words: Sequence[Token],
    measured: Mapping[str, float],
) -> tuple[Cue, ...]:
    """The cues in reading order, then the missing ones."""
    quoted = quotations(content)
    found = [*in_own_voice(quoted, patterned(content, spans, language)), *shaped(spans, language)]
    found += testimonials(content, quoted, spans)
    if language == "en":
        found += phrased(content, spans, words)
    present = [_cue(content, spans, one) for one in _kept(_about_us(found))]
    return (*present, *missing(content_type, language, spans, present, measured))


def _about_us(found: list[Found]) -> list[Found]:
    """Without the company's `we` where it is said once or the reader is spoken to as often."""
    kinds = [one.kind for one in found]
    if kinds.count("corporate_we") > max(kinds.count("second_person"), 1):
        return found
    return [one for one in found if one.kind != "corporate_we"]


def _kept(found: list[Found]) -> list[Found]:
    """The earliest hits of each kind, none of them inside another of the same kind."""
    counts = dict.fromkeys(KINDS, 0)
    ends: dict[str, int] = {}
    kept = []
    for one in sorted(found, key=lambda one: (one.start, -one.end, one.kind)):
        if counts[one.kind] < _PER_KIND and one.start >= ends.get(one.kind, 0):
            counts[one.kind] += 1
            ends[one.kind] = one.end
            kept.append(one)
    return kept


def _cue(content: str, spans: Sequence[Span], one: Found) -> Cue:
    return Cue(
        id=f"{one.kind}:{one.span}:{one.start - spans[one.span].start}",
        kind=one.kind,
        span_id=one.span,
        start=one.start,
        end=one.end,
        surface=content[one.start : one.end],
        strength=round(min(one.strength, 1.0), 6),
    )
