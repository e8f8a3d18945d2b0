"""What was changed, what it does to the panel, and how little that proves."""

from collections.abc import Sequence

from app.domain.panel.intervals import around_mean, mean
from app.domain.panel.shapes import Document, Outcome

_CAVEAT = "Not verified with people."
_FILLED = "Brackets are yours to fill; counted as filled: "
_FOREIGN = (
    "The content does not read as English, and the edit rules here are English: the text is left"
    " as it is. What the panel missed stands in the frictions. "
)
_NOTHING = (
    "No edit that keeps every fact made the panel like it better, so the wording is left as it is."
    " What would help is not wording but what the frictions name. "
)


def rationale(
    document: Document,
    names: Sequence[str],
    gaps: Sequence[str],
    outcomes: Sequence[Sequence[Outcome]],
) -> str:
    """The edits in words and their predicted effect; `outcomes` before, reworded, filled in."""
    before, worded, filled = outcomes
    if not names and not gaps:
        return (_NOTHING if document.language == "en" else _FOREIGN) + _CAVEAT
    told = [f"Re-run with {len(before)} of the same people."]
    if names:
        told += [_sentence(names), _effect(before, worded)]
    if gaps:
        told += [_sentence(gaps), _FILLED + _effect(before, filled)]
    return " ".join([*told[1:], told[0], _CAVEAT])


def _sentence(names: Sequence[str]) -> str:
    listed = "; ".join(names)
    return f"{listed[0].upper()}{listed[1:]}."


def _effect(before: Sequence[Outcome], after: Sequence[Outcome]) -> str:
    pairs = list(zip(before, after, strict=True))
    low, high = around_mean([float(now.intent - was.intent) for was, now in pairs])
    intents = [mean([float(one.intent) for one in group]) for group in (before, after)]
    trusts = [mean([float(one.trust) for one in group]) for group in (before, after)]
    return (
        f"Average intent {intents[0]:.1f} → {intents[1]:.1f} ({_signed(low)} to {_signed(high)},"
        f" sampling error of the simulation), trust {trusts[0]:.1f} → {trusts[1]:.1f}."
    )


def _signed(change: float) -> str:
    """A change with its sign; a nought has a plus, for there is no less than nothing."""
    return f"{round(change, 1) + 0.0:+.1f}"
