"""Cues by absence: what this kind of text, in this place, is expected to hold and does not."""

from collections.abc import Iterator, Mapping, Sequence

from app.domain.panel.noise import total
from app.domain.panel.shapes import Cue, Span

_CLAIMS = ("hype", "vague_claim", "benefit", "social_proof", "guarantee")
# What settles an expectation, and how far each goes.
_SETTLED_BY: dict[str, Mapping[str, float]] = {
    "missing_price": {"price": 1.0},
    "missing_proof": {"proof": 1.0},
    "missing_ask": {"ask": 1.0, "link": 1.0},
    "missing_benefit": {"benefit": 1.0, "second_person": 1.0, "guarantee": 0.6, "price": 0.3,
                        "number": 0.25},
    "missing_audience": {"audience": 1.0, "second_person": 1.0, "story": 0.2, "ask": 0.2},
}  # fmt: skip
# What a placeholder of the rewrite promises to fill in.
_PLACEHOLDERS = {
    "missing_price": "[add price", "missing_proof": "[add source", "missing_ask": "[add next step",
    "missing_benefit": "[say what", "missing_audience": "[say who",
}  # fmt: skip
# How much each format is expected to ask, sell and address: (ask, benefit, audience).
_EXPECTED = {
    "tweet": (0.25, 0.5, 0.3), "linkedin": (0.4, 0.5, 0.45), "url": (0.8, 0.8, 0.6),
    "markdown": (0.2, 0.45, 0.35), "text": (0.3, 0.45, 0.4),
}  # fmt: skip
# Words a format carries well: (too few, enough, most, too many).
_LENGTHS = {
    "tweet": (2, 6, 48, 60), "linkedin": (2, 12, 220, 400), "url": (2, 12, 900, 2200),
    "markdown": (2, 12, 1800, 4000), "text": (2, 10, 500, 1500),
}  # fmt: skip
_SETTLED = 0.6  # strength from which nobody misses the thing any more
_NOTICED = 0.1
_TWEET_CHARACTERS = 280


def missing(
    content_type: str,
    language: str,
    spans: Sequence[Span],
    present: Sequence[Cue],
    measured: Mapping[str, float],
) -> Iterator[Cue]:
    """The expected things that are not there; what only a lexicon can tell, only in English."""
    text = " ".join(span.text for span in spans if "[" in span.text)
    held = _strengths(present)
    selling = measured["selling"]
    expectations = (
        _expectations(content_type, held, selling, _stated(spans)) if language == "en" else {}
    )
    for kind, expected in expectations.items():
        settled = total(share * held.get(other, 0.0) for other, share in _SETTLED_BY[kind].items())
        left = expected / (1.0 + 4.0 * settled) if settled < _SETTLED else 0.0
        if left > _NOTICED and _PLACEHOLDERS[kind] not in text:
            yield _absence(kind, left)
    off = _off_length(content_type, measured)
    if off:
        yield _absence("off_format_length", off)


def _absence(kind: str, strength: float) -> Cue:
    return Cue(kind, kind, None, 0, 0, "", round(strength, 6))


def _strengths(present: Sequence[Cue]) -> dict[str, float]:
    held: dict[str, float] = {}
    for cue in present:
        held[cue.kind] = held.get(cue.kind, 0.0) + cue.strength
    return held


def _expectations(
    content_type: str, held: Mapping[str, float], selling: float, stated: float
) -> dict[str, float]:
    ask, benefit, audience = _EXPECTED.get(content_type, _EXPECTED["text"])
    claims = total(held.get(kind, 0.0) for kind in _CLAIMS)
    claimed = claims / (1.0 + claims)
    figures = held.get("number", 0.0)
    return {
        "missing_price": selling * 0.8,
        "missing_proof": claimed / (1.0 + figures) * stated,
        "missing_ask": ask * (0.4 + 0.6 * selling),
        "missing_benefit": benefit,
        "missing_audience": audience,
    }


def _stated(spans: Sequence[Span]) -> float:
    """The share of sentences that state something; a question needs no proof."""
    sentences = [span for span in spans if span.words and span.kind not in ("link", "hashtag")]
    asked = sum(span.text.rstrip().endswith("?") for span in sentences)
    return 1.0 - asked / max(len(sentences), 1)


def _off_length(content_type: str, measured: Mapping[str, float]) -> float:
    few, enough, most, many = _LENGTHS.get(content_type, _LENGTHS["text"])
    count = measured["words"]
    if content_type == "tweet" and measured["characters"] > _TWEET_CHARACTERS:
        return 1.0
    if count < enough:
        return round(min((enough - count) / max(enough - few, 1), 1.0), 6)
    return round(min(max(count - most, 0.0) / (many - most), 1.0), 6)
