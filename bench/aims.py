"""What is promised of speed and size, and whether a run kept it: one list, told below each bench's figures.

`--strict` ends a bench with 1 where an aim is not met, or was not measured.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import NamedTuple

Rounds = Sequence[Mapping[str, float]]
Measured = Mapping[str, Mapping[str, Rounds]]  # as run.py writes it: by scenario and target

FLOOR = "floor_wsgi_gthread"
WEB_S, WEB_MIB = 0.6, 150
MAIN_JOB_S = 2.0
DOCS_LEAST = 0.5  # of the rate of a bare WSGI view on the same server, in the same run
DEEP = (1000, "deep")
STANDARD = (100, "standard")


class Aim(NamedTuple):
    """A bound, in the words of the issue that sets it, and what was found; None: nothing was."""

    issue: int
    what: str
    bound: float
    found: float | None
    least: bool
    unit: str = ""

    @property
    def met(self) -> bool:
        """Whether it was measured, and holds."""
        if self.found is None:
            return False
        return self.found >= self.bound if self.least else self.found <= self.bound


class Ratio(NamedTuple):
    """A rate of ours that has to be so many times a peer's."""

    issue: int
    what: str
    scenario: str
    ours: str
    peer: str
    bound: float


CALLS = (
    Ratio(2, "polis_account", "call", "polis", "mcp2", 1.3),
    Ratio(8, "polis_account", "call", "polis", "mcp2", 2.0),
    Ratio(2, "polis_account", "call", "polis", "fastmcp", 2.2),
    Ratio(8, "a page of the docs", "get", "polis_docs", FLOOR, DOCS_LEAST),
)
TOKENS = (
    Ratio(3, "refresh", "refresh", "polis", "authlib_wal", 1.7),
    Ratio(8, "refresh", "refresh", "polis", "authlib_wal", 2.0),
    Ratio(3, "refresh", "refresh", "polis", "better_auth", 2.4),
    Ratio(3, "code exchange", "code", "polis", "authlib_wal", 2.5),
    Ratio(3, "metadata", "get", "polis", "floor_flask_gthread", 0.9),
    Ratio(3, "polis_account, OAuth token", "call", "polis", "polis_key", 0.9),
)
REFRESH_P99 = ((3, 150), (8, 80))  # issue, ms


def of_calls(measured: Measured) -> Iterator[Aim]:
    """Of the MCP endpoint and the docs, beside their peers."""
    yield from (beside(measured, each) for each in CALLS)
    ours, theirs = (middle(measured, "call", target, "p99") for target in ("polis", "mcp2"))
    share = None if ours is None or not theirs else ours / theirs
    yield Aim(8, "p99 of polis_account to that of mcp2", 0.5, share, least=False)


def of_main_job(taken: Mapping[tuple[int, str], float]) -> Iterator[Aim]:
    """Of polis_test to polis_report, by panel and detail the median of seconds."""
    for issue, job in ((2, STANDARD), (8, DEEP)):
        personas, detail = job
        what = f"{personas:,} personas, {detail}, to the report"
        yield Aim(issue, what, MAIN_JOB_S, taken.get(job), least=False, unit=" s")


def of_tokens(measured: Measured) -> Iterator[Aim]:
    """Of the OAuth server, beside its peers."""
    yield from (beside(measured, each) for each in TOKENS)
    slowest = middle(measured, "refresh", "polis", "p99")
    for issue, bound in REFRESH_P99:
        yield Aim(issue, "p99 of a refresh", bound, slowest, least=False, unit=" ms")


def of_start(database: str, seconds: float | None, mebibytes: float | None) -> Iterator[Aim]:
    """Of a web process: how soon it answers, and what it and its like hold together (RSS)."""
    yield Aim(8, f"cold start of web, {database}", WEB_S, seconds, least=False, unit=" s")
    yield Aim(8, f"RSS of web, {database}", WEB_MIB, mebibytes, least=False, unit=" MiB")


def beside(measured: Measured, ratio: Ratio) -> Aim:
    """A ratio of one run."""
    ours, theirs = (
        middle(measured, ratio.scenario, target, "ok_rps") for target in (ratio.ours, ratio.peer)
    )
    found = None if ours is None or not theirs else ours / theirs
    return Aim(
        ratio.issue, f"{ratio.what} to {ratio.peer}", ratio.bound, found, least=True, unit=" times"
    )


def middle(measured: Measured, scenario: str, target: str, figure: str) -> float | None:
    """The median of all rounds; None where none was measured."""
    rounds = measured.get(scenario, {}).get(target)
    return median(each[figure] for each in rounds) if rounds else None


def told(aims: Iterable[Aim]) -> Iterator[str]:
    """One table of them."""
    yield "\n| issue | what | aim | found | |\n|---:|---|---:|---:|---|"
    for aim in aims:
        mark = "≥" if aim.least else "≤"
        found = "" if aim.found is None else f"{aim.found:.2f}{aim.unit}"
        said = "not measured" if aim.found is None else "met" if aim.met else "NOT MET"
        yield f"| {aim.issue} | {aim.what} | {mark} {aim.bound:g}{aim.unit} | {found} | {said} |"


def option(parser: argparse.ArgumentParser) -> None:
    """The one way to ask for an exit code."""
    help_ = "end with 1 where an aim is not met or was not measured"
    parser.add_argument("--strict", action="store_true", help=help_)


def end(aims: Iterable[Aim], *, strict: bool) -> None:
    """Tell them, and end as `--strict` wants it."""
    found = list(aims)
    print("\n".join(told(found)))
    if strict and not all(aim.met for aim in found):
        sys.exit(1)
