"""The figures a panel is held to, each beside what it must and what it should reach."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from app.adapters.engines.embedded.voice import speak
from tests.adapters.engines.test_metamorphic import CHECKS, ENGLISH, directed
from tests.adapters.engines.test_variance import steadiness
from tests.adapters.engines.texts import TEXTS
from tests.adapters.engines.voice.measures import variety
from tests.adapters.engines.voice.test_variety import panel

VALIDITY = Path(__file__).with_name("validity.json")
_HEADS = (
    ("headlines, p < .05", "headline: p < .05", 67, 70),
    ("tweets", "tweet: all pairs", 66, 70),
    ("arguments, topics left out", "argument: all pairs", 78, 80),
    ("arguments of like length", "argument: of like length", 67, 70),
)


class Row(NamedTuple):
    """One figure; where less is better, `most` says so."""

    name: str
    found: float
    must: float
    aim: float | None
    most: bool = False
    beside: str = ""

    @property
    def kept(self) -> bool:
        """Whether it is what it must be."""
        return self.found <= self.must if self.most else self.found >= self.must

    def __str__(self) -> str:
        sign, aim = (
            "\u2264" if self.most else "\u2265",
            "" if self.aim is None else f", aim {self.aim:g}",
        )
        told = f"{self.name}: {self.found:.1f} (must {sign} {self.must:g}{aim})"
        return (
            f"{told}{'; ' if self.beside else ''}{self.beside}{'' if self.kept else '  NOT KEPT'}"
        )


def rows() -> list[Row]:
    """Everything but speed."""
    found = json.loads(VALIDITY.read_text(encoding="utf-8"))
    return [*_accuracies(found), *_behaviour()]


def _accuracies(found: dict[str, Any]) -> list[Row]:
    made = []
    for name, key, must, aim in _HEADS:
        row = found["accuracy"][key]
        low, high = row["interval"]
        ceiling = f", ceiling {row['ceiling']}" if row["ceiling"] else ""
        beside = f"95 % {low} to {high}, length alone {row['length_alone']}{ceiling}"
        made.append(
            Row(f"right in percent, {name}", row["right_percent"], must, aim, beside=beside)
        )
    for format_, row in found["calibration"].items():
        gap = row["gap_points"]
        made.append(Row(f"gap of told odds in points, {format_}", gap, 4, 2, most=True))
    return made


def _behaviour() -> list[Row]:
    right = directed()
    share = 100 * sum(right.values()) / (len(CHECKS) * len(ENGLISH))
    least, most = 100.0, 0.0
    for name in ("tweet", "launch", "memo", "advert", "essay"):
        seats = panel(*TEXTS[name], 1_000)
        distinct, common = variety([speak(seat, "snapshot")["quote"] for seat in seats])
        least, most = min(least, 100 * distinct), max(most, 100 * common)
    return [
        Row("directed checks in percent", share, 95, 100, beside=f"{len(CHECKS)} x {len(ENGLISH)}"),
        Row("distinct quotes of 1,000 in percent, least of five texts", least, 95, 99),
        Row("most common frame in percent, most of five texts", most, 2, None, most=True),
        Row("segment shares over 20 seeds, SD in points", steadiness(), 6, 4, most=True),
    ]
