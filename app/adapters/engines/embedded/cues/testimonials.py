"""What somebody named says of it, in quotation marks: their word, not the writer's."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from app.adapters.engines.embedded.cues.kinds import Found
from app.domain.panel.shapes import Span

_CAPITAL = "A-ZÀ-ÖØ-Þ"
_NAME = rf"[{_CAPITAL}][\w.'’-]{{1,30}}(?: [{_CAPITAL}][\w.'’-]{{1,30}}){{1,2}}"  # noqa: RUF001 - an apostrophe as written
_QUOTED = re.compile(
    r"[\"“„«]([^\"“”„«»]{20,400})[\"”“»]\s{0,3}"
    rf"(?:\(\s?|[-–—~]{{1,2}}\s{{0,2}}|,? sa(?:id|ys) ){_NAME}"  # noqa: RUF001 - dashes as written
)
_STRENGTH = 0.7
_OWN_VOICE = ("corporate_we", "story")


def quotations(content: str) -> list[tuple[int, int]]:
    """Where somebody who is named is quoted, in order."""
    return [match.span(1) for match in _QUOTED.finditer(content)]


def testimonials(
    content: str, quoted: Sequence[tuple[int, int]], spans: Sequence[Span]
) -> list[Found]:
    """Each quotation as far as it stands in one piece; with a figure it is a case."""
    starts = [span.start for span in spans]
    found = []
    for start, end in quoted:
        span = spans[max(bisect_right(starts, end - 1) - 1, 0)]
        if span.start < end <= span.end:
            kind = "proof" if any(char.isdigit() for char in content[start:end]) else "social_proof"
            found.append(Found(kind, span.id, max(start, span.start), end, _STRENGTH))
    return found


def in_own_voice(quoted: Sequence[tuple[int, int]], found: Sequence[Found]) -> list[Found]:
    """Without the "we" and "I" of whoever is quoted."""
    starts = [start for start, _ in quoted]

    def theirs(one: Found) -> bool:
        place = bisect_right(starts, one.start) - 1
        return one.kind in _OWN_VOICE and place >= 0 and one.start < quoted[place][1]

    return [one for one in found if not theirs(one)]
