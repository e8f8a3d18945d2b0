"""What was changed, what it does to the panel, and how little that proves."""

from collections.abc import Sequence

from app.domain.panel.intervals import around_mean, mean
from app.domain.panel.shapes import Document, Outcome

_CAVEAT = "Not verified with people."
_FOREIGN = (
    "The content does not read as English, and the edit rules here are English: the text is left"
    " as it is. What the panel missed stands in the frictions. "
)
_NOTHING = (
    "No edit that keeps every fact made the panel like it better, so the wording is left as it is."
    " What would help is not wording but what the frictions name. "
)


def rationale(
    document: Document, names: Sequence[str], before: Sequence[Outcome], after: Sequence[Outcome]
) -> str:
    """The edits in words and their predicted effect with its interval."""
    if not names:
        return (_NOTHING if document.language == "en" else _FOREIGN) + _CAVEAT
    listed = "; ".join(names)
    gaps = " Text in square brackets is for you to fill; the prediction counts it as filled."
    filled = gaps if any("[" in name for name in names) else ""
    return f"{listed[0].upper()}{listed[1:]}. {_effect(before, after)}{filled} {_CAVEAT}"


def _effect(before: Sequence[Outcome], after: Sequence[Outcome]) -> str:
    low, high = around_mean(
        [now.intent - was.intent for was, now in zip(before, after, strict=True)]
    )
    intents = [mean([one.intent for one in group]) for group in (before, after)]
    trusts = [mean([one.trust for one in group]) for group in (before, after)]
    return (
        f"Re-running {len(before)} of the same people: average intent {intents[0]:.1f} → {intents[1]:.1f}"
        f" (difference {low:+.1f} to {high:+.1f}, sampling error of the simulation),"
        f" trust {trusts[0]:.1f} → {trusts[1]:.1f}."
    )
