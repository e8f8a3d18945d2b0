"""Plain measures of a text: how long, how dense, how loud."""

from collections.abc import Sequence

from app.adapters.engines.embedded.reading.words import Token
from app.domain.panel.shapes import Span

_EMOJI_FROM = 0x1F000


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
        "lines": float(text.count("\n") + 1),
    }
