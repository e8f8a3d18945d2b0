"""Human choices between two wordings, as the data folder has them; its SOURCE.md says whose."""

import csv
import gzip
import hashlib
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HEADLINES, TWEETS, ARGUMENTS = (
    "upworthy_headlines.csv.gz", "retweet_pairs.csv.gz", "ukp_convincing_pairs.csv.gz",
)  # fmt: skip
_SUSPECT_WEEKS = range(201325, 201403)  # assignment may not have been random (SOURCE.md)


@dataclass(frozen=True)
class Pair:
    """Two wordings of one thing, and which of them people preferred."""

    first: str
    second: str
    preference: float  # > 0 where the first was preferred; how much, where that was measured
    weight: float  # how surely it was measured
    group: str  # never split: linked experiments, a topic, a split that was given
    p: float = 0.0  # of the difference being chance; 0 where people said it outright


@dataclass(frozen=True)
class Data:
    """The pairs of one format and the digest of the file they are from."""

    format: str
    pairs: list[Pair]
    digest: str


def read(folder: Path, format_: str) -> Data:
    """The pairs of a format; FileNotFoundError names the file that is missing."""
    name, make = {
        "headline": (HEADLINES, _headlines), "tweet": (TWEETS, _tweets),
        "argument": (ARGUMENTS, _arguments),
    }[format_]  # fmt: skip
    path = folder / name
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: give the folder that holds {name}")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Data(format_, list(make(_rows(path))), digest)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _headlines(rows: Iterator[dict[str, str]]) -> Iterator[Pair]:
    """Arms of one test with one picture; tests that share a headline are one group."""
    arms: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(dict)
    for row in rows:
        if int(row["test_week"]) in _SUSPECT_WEEKS:
            continue
        test = row["clickability_test_id"], row["eyecatcher_id"]
        arm = arms[test].setdefault(row["headline"].strip(), [0, 0])
        arm[0] += int(float(row["impressions"]))
        arm[1] += int(float(row["clicks"]))
    linked = _Linked()
    for test, found in arms.items():
        for headline in found:
            linked.join(f"test {test[0]}", f"text {headline}")
    for test, found in sorted(arms.items()):
        seen = sorted((text, n, clicks) for text, (n, clicks) in found.items() if n > 0)
        for place, one in enumerate(seen):
            for other in seen[place + 1 :]:
                yield _clicked(one, other, linked.root(f"test {test[0]}"))


def _clicked(one: tuple[str, int, int], other: tuple[str, int, int], group: str) -> Pair:
    """The difference of log rates, its variance, and a two-proportion z-test."""
    (first, n1, c1), (second, n2, c2) = one, other
    pooled = (c1 + c2) / (n1 + n2)
    spread = math.sqrt(max(pooled * (1 - pooled) * (1 / n1 + 1 / n2), 1e-12))
    z = (c1 / n1 - c2 / n2) / spread
    return Pair(
        first,
        second,
        preference=math.log((c1 + 0.5) / (n1 + 1) * (n2 + 1) / (c2 + 0.5)) if z else 0.0,
        weight=1 / (1 / (c1 + 0.5) + 1 / (c2 + 0.5)),
        group=group,
        p=math.erfc(abs(z) / math.sqrt(2)),
    )


def _tweets(rows: Iterator[dict[str, str]]) -> Iterator[Pair]:
    """One author, one link; groups are links, since no author is given."""
    linked = _Linked()
    kept = list(rows)
    for row in kept:
        linked.join(f"text {row['first_tweet']}", f"text {row['second_tweet']}")
    for row in kept:
        won = 1.0 if row["first_wins"] == "1" else -1.0
        group = f"{row['split']} {linked.root('text ' + row['first_tweet'])}"
        yield Pair(row["first_tweet"], row["second_tweet"], won, 1.0, group)


def _arguments(rows: Iterator[dict[str, str]]) -> Iterator[Pair]:
    """One side of one topic; a topic's two sides stay together."""
    for row in rows:
        won = 1.0 if row["more_convincing"] == "a1" else -1.0
        yield Pair(row["a1"], row["a2"], won, 1.0, row["debate_side"].rpartition("_")[0])


class _Linked:
    """Names that belong together, by whatever chain."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}

    def root(self, name: str) -> str:
        self._up.setdefault(name, name)
        while self._up[name] != name:
            self._up[name] = name = self._up[self._up[name]]
        return name

    def join(self, one: str, other: str) -> None:
        self._up[self.root(one)] = self.root(other)
