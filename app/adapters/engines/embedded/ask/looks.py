"""Answers about how a page looks, from people who felt what its boxes show."""

import re

from app.adapters.engines.embedded.ask.asked import Asked
from app.adapters.engines.embedded.ask.intents import intent_of
from app.adapters.engines.embedded.ask.lines import parts
from app.adapters.engines.embedded.ask.mention import mention_in
from app.adapters.engines.embedded.ask.question import Question
from app.adapters.engines.embedded.cues.kinds import LAYOUT
from app.adapters.engines.embedded.voice.quote import reactions
from app.domain.panel.shapes import Document

# A page may sell phones, colours or buttons: these are words about the page alone.
_ASKED = (
    (("layout_phone",), r"(?:on|with) (?:a|an|your|my|the) (?:small )?(?:phone|mobile|thumb)"
     r"|mobile (?:view|version|layout)"),
    (("layout_contrast",), r"contrast|legib\w+|hard to see|faint text|text colou?r|font size"),
    (("layout_heading",), r"headings?|hierarchy"),
    (("layout_ask", "layout_competing"), r"(?:the|any|which|many|those|these) buttons?"),
    (("layout_crowded", "layout_bare"), r"first screen|crowded|white ?space|above the fold"),
    (("layout_long",), r"scroll(?:ing)? (?:so |that |too |all |very )?(?:far|long|down|much)"),
    (LAYOUT, r"layout|(?:page|site)(?:'s)? (?:design|looks?|colou?rs?)"
     r"|(?:design|look) of (?:the|this) (?:page|site)|how (?:it|(?:the|this) page) looks?"),
)  # fmt: skip
_PATTERNS = tuple((kinds, re.compile(rf"\b(?:{words})\b")) for kinds, words in _ASKED)
# Whoever asks these is after the offer or the person, whatever words they use.
_ELSEWHERE = frozenset(
    ("alternatives", "audience", "change_mind", "history", "instruction", "persona", "price",
     "score", "share", "trust", "why", "would_act", "would_pay")
)  # fmt: skip


def looks(asked: Asked) -> list[str] | None:
    """What they felt of it; None where nothing was found or something else is asked about."""
    named = asked_of(asked.question, asked.seat.document)
    points = [point for point in asked.every if point.kind in named]
    if not points:
        return None
    said = [asked.because(parts.LOOKS, points[0])]
    said += [asked.because(parts.ALSO, point) for point in points[1:2]]
    return asked.wordy([*said, asked.speaker.say(reactions(points[0]), points[0])])


def asked_of(question: Question, document: Document) -> list[str]:
    """The kinds of finding a question is about."""
    if not document.layout or intent_of(question) in _ELSEWHERE:
        return []
    hits = [(kinds, words.search(question.low)) for kinds, words in _PATTERNS]
    named = [kind for kinds, hit in hits if hit for kind in kinds]
    return [] if named and mention_in(question, document) else named
