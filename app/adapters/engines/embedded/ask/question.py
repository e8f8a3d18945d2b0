"""A question as data: its words, what it quotes, nothing invisible."""

import re
from dataclasses import dataclass
from functools import lru_cache

from app.adapters.engines.embedded.voice.literal import readable

_MOST = 2000
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*%?")  # noqa: RUF001 - an apostrophe as written
_QUOTED = re.compile(
    r"“([^“”]{1,300})”|\"([^\"]{1,300})\"|«([^«»]{1,300})»|‘([^‘’]{1,300})’"  # noqa: RUF001
    r"|(?<!\w)'([^']{1,300})'(?!\w)"
)
_CLOSED = re.compile(
    r"\W{0,3}(?:(?:and|but|so|ok|okay|then) )?(?:would|will|did|do|does|is|are|was|were|can"
    r"|could|has"
    r"|have|should|any|what if|if|how about)\b"
)


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, ready to be matched."""

    text: str  # readable, single spaces, lower-case apostrophes straight
    low: str
    words: tuple[str, ...]
    quoted: tuple[str, ...]

    @property
    def closed(self) -> bool:
        """Whether it can be answered with yes or no."""
        return bool(_CLOSED.match(self.low))


@lru_cache(maxsize=512)
def understood(asked: str) -> Question:
    """The question without what cannot be read; its first two thousand characters."""
    kept = "".join(c if readable(c) else " " for c in asked[:_MOST])
    text = " ".join(kept.replace("’", "'").split())  # noqa: RUF001 - an apostrophe as written
    quoted = tuple(" ".join(next(filter(None, m.groups())).split()) for m in _QUOTED.finditer(text))
    low = text.lower()
    return Question(text, low, tuple(_WORD.findall(low)), tuple(q for q in quoted if q))
