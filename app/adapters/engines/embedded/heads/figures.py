"""What the benchmark found of each head, as it is told in reports: its own output, nothing else."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.settings import ROOT

FILE = ROOT / "bench/validity.json"
_SLICE = {"headline": "p < .05"}  # elsewhere every pair: there people said what they preferred


@dataclass(frozen=True, slots=True)
class Figures:
    """How often a head was right on choices it had not seen, as shares of 1."""

    accuracy: float
    ci: tuple[float, float]
    pairs: int
    length_alone: float
    ceiling: float | None  # what a perfect judge could reach, where that can be known
    panel: float  # the same of the mean liking of a panel
    stretch: tuple[float, float]  # 95 % of the factor by which log odds may be off


@cache
def figures(format_: str) -> Figures | None:
    """The figures of a head; None where the benchmark has not been run."""
    found = _found()
    if found is None:
        return None
    row = found["accuracy"][f"{format_}: {_SLICE.get(format_, 'all pairs')}"]
    low, high = (_share(bound) for bound in row["interval"])
    return Figures(
        accuracy=_share(row["right_percent"]),
        ci=(low, high),
        pairs=row["pairs"],
        length_alone=_share(row["length_alone"]),
        ceiling=None if row["ceiling"] is None else _share(row["ceiling"]),
        panel=_share(found["panel"][format_]["right_percent"]),
        stretch=tuple(found["calibration"][format_]["stretch"]),
    )


def by_hand() -> tuple[float, float] | None:
    """How often panels without learned weights chose right, from and to over all formats."""
    found = _found()
    rows = (
        [_share(row["without_learned_weights"]) for row in found["panel"].values()] if found else []
    )
    return (min(rows), max(rows)) if rows else None


@cache
def _found() -> dict[str, Any] | None:
    if not FILE.exists():
        return None
    read: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return read


def _share(percent: float) -> float:
    return round(percent / 100, 4)
