"""What somebody named says of it, in quotation marks: their word, not the writer's."""

import re
from collections.abc import Sequence

from app.adapters.engines.embedded.cues.kinds import Found
from app.domain.panel.shapes import Span

_NAME = r"[A-Z][\w.'’-]{1,30}(?: [A-Z][\w.'’-]{1,30}){1,2}"  # noqa: RUF001 - an apostrophe as written
_QUOTED = re.compile(
    rf"[\"“]([^\"“”]{{20,400}})[\"”]\s{{0,3}}(?:\(\s?|[-–—~]{{1,2}}\s{{0,2}}|,? said ){_NAME}"  # noqa: RUF001
)
_STRENGTH = 0.7
_OWN_VOICE = ("corporate_we", "story")


def testimonials(content: str, spans: Sequence[Span]) -> list[Found]:
    """Each quotation that is followed by whose it is, in one piece; with a figure it is a case."""
    found = []
    for match in _QUOTED.finditer(content):
        start, end = match.span(1)
        span = next((span for span in spans if span.start < end <= span.end), None)
        if span is not None:
            kind = "proof" if any(char.isdigit() for char in match[1]) else "social_proof"
            found.append(Found(kind, span.id, max(start, span.start), end, _STRENGTH))
    return found


def in_own_voice(content: str, found: Sequence[Found]) -> list[Found]:
    """Without the "we" and "I" of whoever is quoted."""
    quoted = [match.span(1) for match in _QUOTED.finditer(content)]
    return [
        one
        for one in found
        if one.kind not in _OWN_VOICE or not any(start <= one.start < end for start, end in quoted)
    ]
