"""The figures of a panel with the range of each, from the reactions themselves."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.panel.intervals import around_mean, mean, wilson
from app.domain.panel.shapes import Json
from app.domain.panel.stats import DECISIONS, SENTIMENTS

TOP = 10
FEW = 30  # people under whom ranges are too wide to choose by


class Estimate(NamedTuple):
    """A figure, its 95 % range, and the people it is of."""

    value: float
    low: float
    high: float
    of: int


class Measures(NamedTuple):
    """Everything a report counts."""

    people: int
    intent: Estimate
    trust: Estimate | None  # asked from the second level of detail on
    read_on: Estimate
    acted: Estimate
    negative: Estimate | None
    histogram: list[int]
    decisions: dict[str, Estimate]


def measure(bodies: Sequence[Json], stats: Json) -> Measures:
    """Count reactions; what single people were not asked is taken from the counts of all."""
    people, intents = len(bodies), [body["intent"] for body in bodies]
    decided = [body["decision"] for body in bodies]
    counts = {name: decided.count(name) for name in DECISIONS}
    trusts = [body["trust"] for body in bodies if "trust" in body]
    return Measures(
        people=people,
        intent=average(intents),
        trust=average(trusts) if trusts else None,
        read_on=share(people - counts["scroll"], people),
        acted=share(counts["click"] + counts["save"], people),
        negative=_negative(bodies, stats),
        histogram=[intents.count(level) for level in range(TOP + 1)],
        decisions={name: share(count, people) for name, count in counts.items()},
    )


def share(hits: int, of: int) -> Estimate:
    """A part of the panel."""
    return Estimate(hits / of if of else 0.0, *wilson(hits, of), of)


def average(values: Sequence[float]) -> Estimate:
    """A mean on the scale from 0 to 10."""
    low, high = around_mean(values)
    return Estimate(mean(values), max(low, 0.0), min(high, float(TOP)), len(values))


def change(before: Sequence[float], after: Sequence[float]) -> Estimate:
    """What the same people, seat by seat, answer differently on average."""
    differences = [now - was for was, now in zip(before, after, strict=True)]
    low, high = around_mean(differences)
    return Estimate(mean(differences), low, high, len(differences))


def _negative(bodies: Sequence[Json], stats: Json) -> Estimate | None:
    said = [body["sentiment"] for body in bodies if "sentiment" in body]
    if said:
        return share(said.count("negative"), len(said))
    counted = stats.get("sentiment") or {}
    people = sum(counted.get(name, 0) for name in SENTIMENTS)
    return share(counted.get("negative", 0), people) if people else None
