"""How far a person reads before deciding: a word budget by format, trait and haste."""

from collections.abc import Sequence
from math import sqrt

from app.domain.panel.noise import squash
from app.domain.panel.shapes import Document, Exposure, Persona, Span

# Words a middling reader takes in; assumptions, after the fold of each format.
BUDGET = {"tweet": 46.0, "linkedin": 85.0, "url": 170.0, "markdown": 420.0, "text": 260.0}
_CIRCLE = {"intended": 1.15, "adjacent": 0.85, "accidental": 0.6}
_LEAST = 6


def expose(document: Document, persona: Persona, haste: float) -> Exposure:
    """The spans read from the top; the first one always, a longer one only if half fits."""
    budget = _budget(document.content_type, persona, haste)
    read = _read(document.spans, budget)
    words = sum(span.words for span in document.spans[:read])
    return Exposure(tuple(range(read)), words, read == len(document.spans))


def _budget(content_type: str, persona: Persona, haste: float) -> float:
    keen = persona.traits.get("need_for_cognition", 0.0) * 0.5 + haste
    lifted = 1.0 + 0.75 * squash(keen)  # between a quarter and seven quarters
    base = BUDGET.get(content_type, BUDGET["text"])
    return max(base * _CIRCLE.get(persona.circle, 1.0) * lifted, _LEAST)


def _read(spans: Sequence[Span], budget: float) -> int:
    left = budget
    for place, span in enumerate(spans):
        cost = span.words + _glance(span)
        if place and left < cost * 0.5:
            return place
        left -= cost
    return len(spans)


def _glance(span: Span) -> float:
    """What a piece costs beyond its words: endless tiny or wordless pieces are tiring too."""
    return 0.5 if span.words else min(sqrt(len(span.text)), 4.0)
