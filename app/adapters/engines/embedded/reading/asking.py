"""Whether a piece of text asks its reader to do something."""

import re

from app.adapters.engines.embedded.lexicon import ASK_OPENERS
from app.adapters.engines.embedded.reading.words import tokens
from app.domain.panel.word_sets import word_set

_INVITES = re.compile(  # a question that proposes to meet, talk or try
    r"(?:(?:is it )?worth an? (?:\S{1,20} ){0,3}(?:call|chat|talk|look|try|meeting|coffee|demo)"
    r"|open to|up for|interested in|free (?:for an?|this|next|on)"
    r"|(?:can|could|shall|should|may) (?:we|i)"
    r" (?:talk|meet|chat|speak|call|show|send|set|book|walk)"
    r"|are you (?:free(?! of| from)|open|available|up for|around|interested)"
    r"|would you be (?:free|open|up|interested|willing|available)"
    r"|do you have (?:a few|ten|fifteen|\d+) min\w*|mind if i"
    r"|want (?:me )?to (?:see|talk|try|chat|take))\b[^.?!]{0,120}\?",
    re.IGNORECASE,
)
_LONGEST = max(map(len, ASK_OPENERS))
_HEAD = 120
_LEAD_INS = word_set("so now then please and today just go")
# Words that open a request unless the sentence goes on about the thing itself.
_NOUNISH = word_set("is was are were has had will of s")


def opens_ask(piece: str) -> bool:
    """Whether it opens as a request: `Try it`, `Please reply`, `Book a call`."""
    if _INVITES.match(piece):
        return True
    words = [token.word for token in tokens(piece[:_HEAD])]
    if words and words[0] in _LEAD_INS and tuple(words[:2]) not in ASK_OPENERS:
        words = words[1:]
    if len(words) > 1 and words[1] in _NOUNISH:
        return False
    return any(tuple(words[:size]) in ASK_OPENERS for size in range(1, _LONGEST + 1))
