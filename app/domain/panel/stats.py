"""The figures of a panel: counts and means of what its people did."""

from collections.abc import Sequence

from app.domain.panel.intervals import around_mean, mean, wilson
from app.domain.panel.shapes import Json, Reaction

DECISIONS = ("stay", "scroll", "click", "save")
SENTIMENTS = ("positive", "neutral", "negative", "mixed")
_TOP = 10
INTERVAL_NOTE = "95 % sampling error of this simulation, not of real people"


def stats(reactions: Sequence[Reaction]) -> Json:
    """Counts by decision, intent and sentiment, with means; trust only where it was asked."""
    outcomes = [reaction.state["outcome"] for reaction in reactions]
    intents = [outcome["intent"] for outcome in outcomes]
    counted: Json = {
        "reactions": len(reactions),
        "avgIntent": round(mean(intents), 2),
        "intentHistogram": [intents.count(level) for level in range(_TOP + 1)],
        "decisions": _counts(outcomes, "decision", DECISIONS),
        "sentiment": _counts(outcomes, "sentiment", SENTIMENTS),
        "intervals": _intervals(outcomes, intents),
    }
    if any("trust" in reaction.body for reaction in reactions):
        counted["avgTrust"] = round(mean([outcome["trust"] for outcome in outcomes]), 2)
    return counted


def _counts(outcomes: Sequence[Json], field: str, names: Sequence[str]) -> dict[str, int]:
    values = [outcome[field] for outcome in outcomes]
    return {name: values.count(name) for name in names}


def _intervals(outcomes: Sequence[Json], intents: Sequence[int]) -> Json:
    counts = _counts(outcomes, "decision", DECISIONS)
    low, high = around_mean(intents)
    return {
        "note": INTERVAL_NOTE,
        "avgIntent": [round(low, 2), round(high, 2)],
        "decisions": {name: list(wilson(hits, len(outcomes))) for name, hits in counts.items()},
    }
