"""Whether a piece of text asks its reader to do something."""

from app.adapters.engines.embedded.lexicon import ASK_OPENERS
from app.adapters.engines.embedded.reading.words import tokens
from app.domain.panel.word_sets import word_set

_LONGEST = max(map(len, ASK_OPENERS))
_HEAD = 120
_LEAD_INS = word_set("so now then please and today just go")
# Words that open a request unless the sentence goes on about the thing itself.
_NOUNISH = word_set("is was are were has had will of s")


def opens_ask(piece: str) -> bool:
    """Whether it opens as a request: `Try it`, `Please reply`, `Book a call`."""
    words = [token.word for token in tokens(piece[:_HEAD])]
    if words and words[0] in _LEAD_INS and tuple(words[:2]) not in ASK_OPENERS:
        words = words[1:]
    if len(words) > 1 and words[1] in _NOUNISH:
        return False
    return any(tuple(words[:size]) in ASK_OPENERS for size in range(1, _LONGEST + 1))
