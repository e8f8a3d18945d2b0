"""The kinds of cue, in a fixed order: a reader's taste for a kind is drawn by its place here."""

from typing import NamedTuple, get_args

from app.domain.pages.layout import Kind

PRESENT = (
    "number", "proof", "price", "ask", "social_proof", "hype", "jargon", "hard_sentence",
    "vague_claim", "question", "curiosity_gap", "second_person", "negativity", "urgency",
    "instruction", "guarantee", "candour", "benefit", "audience", "story", "positivity", "filler",
    "shouting", "corporate_we", "link", "hashtag", "emoji",
)  # fmt: skip
MISSING = (
    "missing_price", "missing_proof", "missing_ask", "missing_benefit", "missing_audience",
    "off_format_length",
)  # fmt: skip
KINDS = (*PRESENT, *MISSING)  # append only: reordering reshuffles every panel
LAYOUT: tuple[str, ...] = get_args(Kind)  # of pages that were looked at, with tastes of their own


class Found(NamedTuple):
    """A hit in the content, before it becomes a cue."""

    kind: str
    span: int
    start: int
    end: int
    strength: float
