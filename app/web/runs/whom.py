"""Who of a panel can be asked, as a form offers them, each with its price."""

from collections.abc import Iterator
from typing import NamedTuple

from app.domain import plans
from app.domain.report.report import Report
from app.domain.report.seats import Seat


class Option(NamedTuple):
    """One answer to "whom"."""

    value: str
    name: str
    tokens: int


class Chosen(NamedTuple):
    """What an answer means to the tool."""

    target: str
    name: str | None


def options(report: Report, chosen: str) -> dict[str, list[Option]]:
    """Everybody, segments, archetypes, and the people who are quoted or were chosen."""
    people = report.found.people
    return {
        "Everybody": [Option("panel", "The whole panel", people * plans.ASK_TOKENS)],
        "A segment": [
            Option(f"segment:{one.name}", one.name, _tokens(one.people))
            for one in report.groups
            if one.people
        ],
        "An archetype": [
            Option(f"archetype:{one.name}", one.name, _tokens(one.people))
            for one in report.archetypes
        ],
        "One person": [
            Option(f"persona:{one.persona['id']}", _named(one), plans.ASK_TOKENS)
            for one in _people(report, chosen)
        ],
    }


def chosen(value: str) -> Chosen:
    """What was chosen; the tool refuses what is nobody."""
    target, _, name = value.partition(":")
    return Chosen(target, name or None)


def _people(report: Report, value: str) -> Iterator[Seat]:
    """Whoever was chosen first, then those who are quoted."""
    told = set()
    picked = [one for one in report.seats if f"persona:{one.persona['id']}" == value]
    quoted = [quote.seat for each in report.frictions for quote in each.quotes if quote.seat]
    for one in (*picked, *quoted):
        if one.number not in told:
            told.add(one.number)
            yield one


def _named(one: Seat) -> str:
    return f"{one.persona['name']}, {one.persona['age']}, {one.persona['occupation']}"


def _tokens(people: int) -> int:
    return min(people, plans.SAMPLE_ASKED) * plans.ASK_TOKENS
