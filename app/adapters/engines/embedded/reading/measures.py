"""Plain measures of a text: how long, how dense, how loud."""

from collections.abc import Sequence

from app.adapters.engines.embedded.reading.words import Token
from app.domain.panel.shapes import Span
from app.domain.panel.word_sets import word_set

_EMOJI_FROM = 0x1F000
_COMMERCIAL = word_set(
    "app apps product products tool tools platform software plan plans trial subscribe subscription"
    " buy shop launch launched launching launches offer offers demo beta waitlist pricing signup"
    " saas startup dashboard ebook membership delivery store solution solutions agency feature"
    " features api cli sdk upgrade premium integrates integration assistant automation service"
    " services"
)
_SELLS_FROM = 3.0  # commercial words beyond the first at which a text is plainly selling something


def features(text: str, spans: Sequence[Span], words: Sequence[Token]) -> dict[str, float]:
    """Counts and shares by name; all exact in any order of evaluation."""
    count = sum(span.words for span in spans)
    sentences = [span for span in spans if span.words]
    return {
        "characters": float(len(text)),
        "words": float(count),
        "spans": float(len(spans)),
        "words_per_span": round(count / max(len(sentences), 1), 6),
        "word_length": round(sum(len(token.word) for token in words) / max(len(words), 1), 6),
        "exclamations": float(text.count("!")),
        "questions": float(text.count("?")),
        "emoji": float(sum(ord(char) >= _EMOJI_FROM for char in text)),
        "hashtags": float(sum(span.text.count("#") for span in spans if span.kind == "hashtag")),
        "selling": _selling(words),
        "lines": float(text.count("\n") + 1),
    }


def _selling(words: Sequence[Token]) -> float:
    """How plainly the text offers something, 0 … 1; one such word alone says nothing."""
    hits = len({token.word for token in words} & _COMMERCIAL)
    return round(min(max(hits - 1, 0) / _SELLS_FROM, 1.0), 6)
