"""Cues of form: sentences that are hard to get through."""

from collections.abc import Sequence

from app.adapters.engines.embedded.cues.kinds import Found
from app.domain.panel.shapes import Span

_LONG = 24  # words from which a sentence costs effort
_VERY_LONG = 44
_LONG_WORD = 10
_DENSE = 0.3  # share of long words from which even a shorter sentence is work
_DENSE_FROM = 12
_WEIGHED_KINDS = ("sentence", "bullet", "headline", "ask")


def shaped(spans: Sequence[Span], language: str) -> list[Found]:
    """The sentences that are long, or dense with long words."""
    found = []
    for span in spans:
        strength = _hardness(span, language) if span.kind in _WEIGHED_KINDS else 0.0
        if strength:
            found.append(Found("hard_sentence", span.id, span.start, span.end, strength))
    return found


def _hardness(span: Span, language: str) -> float:
    if span.words >= _LONG:
        over = (span.words - _LONG) / (_VERY_LONG - _LONG)
        return min(0.4 + 0.6 * over, 1.0)
    if language != "en" or span.words < _DENSE_FROM:
        return 0.0
    share = sum(len(word) >= _LONG_WORD for word in span.text.split()) / span.words
    return min(0.3 + share, 0.9) if share >= _DENSE else 0.0
