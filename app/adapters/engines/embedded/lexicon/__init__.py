"""Every lexicon by cue kind, as one index from a phrase's first word."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.adapters.engines.embedded.lexicon import hype, jargon, proof, pull, vague

NEUTRAL = ""  # longer phrases in which a telling word tells nothing
# (kind, strength of one hit, phrases); an earlier row wins where a phrase stands twice.
_LISTS = (
    (NEUTRAL, 0.0, vague.NEUTRAL),
    (NEUTRAL, 0.0, ", ".join(f"effective {day}" for day in range(1, 32))),
    ("instruction", 1.0, pull.INSTRUCTION),
    ("urgency", 0.8, pull.URGENCY),
    ("curiosity_gap", 0.7, pull.CURIOSITY),
    ("hype", 0.7, hype.DROPPABLE),
    ("hype", 0.9, hype.TURNS),
    ("candour", 0.7, proof.CANDOUR),
    ("guarantee", 0.7, proof.SAFETY),
    ("proof", 0.8, proof.HARD),
    ("proof", 0.35, proof.SOFT),
    ("social_proof", 0.5, proof.SOCIAL),
    ("social_proof", 0.0, proof.COUNTED),
    ("jargon", 0.6, jargon.OFFICE),
    ("jargon", 0.4, jargon.TECHNICAL),
    ("ask", 0.7, pull.ASK_INSIDE),
    ("negativity", 0.5, pull.NEGATIVE),
    ("vague_claim", 0.5, vague.VAGUE),
    ("filler", 0.3, vague.FILLER),
    ("positivity", 0.4, pull.POSITIVE),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of a lexicon, split into lower-case words."""

    words: tuple[str, ...]
    kind: str
    strength: float


def phrases(text: str) -> list[tuple[tuple[str, ...], str | None]]:
    """The phrases of a list, each with its replacement or None."""
    found = []
    for item in text.replace("\n", " ").split(","):
        phrase, arrow, plain = item.partition(">")
        if phrase.strip():
            found.append((tuple(phrase.split()), plain.strip() if arrow else None))
    return found


def _index(lists: Sequence[tuple[str, float, str]]) -> dict[str, tuple[Entry, ...]]:
    seen: set[tuple[str, ...]] = set()
    index: dict[str, list[Entry]] = {}
    for kind, strength, text in lists:
        for words, _ in phrases(text):
            if words not in seen:
                seen.add(words)
                index.setdefault(words[0], []).append(Entry(words, kind, strength))
    return {
        first: tuple(sorted(entries, key=lambda entry: -len(entry.words)))
        for first, entries in index.items()
    }


INDEX = _index(_LISTS)
SIDE_INDEX = _index((("benefit", 0.5, vague.BENEFIT), ("audience", 0.6, vague.AUDIENCE)))
PLAIN = {
    words: plain for text in (hype.TURNS, jargon.OFFICE) for words, plain in phrases(text) if plain
}
DROPPABLE = frozenset(words for words, _ in phrases(hype.DROPPABLE))
FILLER = frozenset(words for words, _ in phrases(vague.FILLER))
ASK_OPENERS = frozenset(words for words, _ in phrases(pull.ASK_OPENERS))
