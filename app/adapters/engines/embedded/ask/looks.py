"""Answers about how a page looks, from people who felt what its boxes show."""

import re

from app.adapters.engines.embedded.ask.asked import Asked
from app.adapters.engines.embedded.ask.lines import parts
from app.adapters.engines.embedded.cues.kinds import LAYOUT
from app.adapters.engines.embedded.voice.quote import reactions

_ASKED = (
    (("layout_phone",), r"phones?|mobile|thumbs?"),
    (("layout_contrast",), r"contrast|colou?rs?|fonts?|faint|pale|legib\w+|readab\w+|hard to see"),
    (("layout_heading",), r"headings?|hierarchy"),
    (("layout_ask", "layout_competing"), r"buttons?"),
    (("layout_crowded", "layout_bare"), r"first screen|crowded|white ?space|above the fold"),
    (("layout_long",), r"scroll(?:ing)?|screens"),
    (LAYOUT, r"layout|design|visual(?:s|ly)?|looks? of|page looks?|how (?:it|the page) looks?"),
)
_PATTERNS = tuple((kinds, re.compile(rf"\b(?:{words})\b")) for kinds, words in _ASKED)


def looks(asked: Asked) -> list[str] | None:
    """What they felt of it; None where nothing was found or something else is asked about."""
    low = asked.question.low
    named = [kind for kinds, words in _PATTERNS if words.search(low) for kind in kinds]
    points = [point for point in asked.every if point.kind in named]
    if not points:
        return None
    said = [asked.because(parts.LOOKS, points[0])]
    said += [asked.because(parts.ALSO, point) for point in points[1:2]]
    return asked.wordy([*said, asked.speaker.say(reactions(points[0]), points[0])])
