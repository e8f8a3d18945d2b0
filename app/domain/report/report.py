"""A whole report, composed from what a complete run stored."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.pages.page import LONGEST
from app.domain.panel.shapes import Json
from app.domain.report import changes, groups, marks, measures, verdict
from app.domain.report.groups import Group
from app.domain.report.measures import Estimate, Measures
from app.domain.report.seats import Seat
from app.domain.report.verdict import Verdict
from app.kit.plain import plain


class Quote(NamedTuple):
    """Somebody's words about a friction, and what of the text they name."""

    words: str
    seat: Seat | None
    phrases: list[str]


class Friction(NamedTuple):
    """What stands in the way, how much, and who says so."""

    number: int
    point: str
    severity: float
    weight: str
    quotes: list[Quote]


class Change(NamedTuple):
    """A stretch of the way from the text to its rewrite, cut at the author's blanks."""

    kind: str  # same | gone | new
    parts: list[changes.Part]


class Rewrite(NamedTuple):
    """A wording to start from, beside the one that was tested."""

    text: str
    changed: bool
    rationale: str
    edits: list[str]
    changes: list[Change]
    parts: list[changes.Part]

    @property
    def gaps(self) -> int:
        """How many places only the author can fill in."""
        return sum(part.fill for part in self.parts)


class Archetype(NamedTuple):
    """A kind of person on the panel."""

    name: str
    people: int
    intent: Estimate
    summary: str


class Report(NamedTuple):
    """Everything the page of a report shows."""

    found: Measures
    verdict: Verdict
    groups: list[Group]
    seats: list[Seat]
    frictions: list[Friction]
    text: list[marks.Piece]
    stuck: list[marks.Stuck]
    rewrite: Rewrite
    archetypes: list[Archetype]
    notes: list[str]  # of the layout, where a page was looked at
    audience: Json
    validity: Json


def compose(content: str, synthesis: Json, seats: Sequence[Seat]) -> Report:
    """The report of a run from its findings and everybody's reactions."""
    findings, text = synthesis["report"], plain(content)
    bodies = [seat.body for seat in seats]
    found = measures.measure(bodies, synthesis["stats"])
    segments, told = groups.grouped(findings["segments"], synthesis.get("members", {}), seats)
    frictions, rewrite = findings["topFriction"], _rewrite(findings["rewrite"], text)
    stuck = marks.stuck(bodies, text)
    return Report(
        found=found,
        verdict=verdict.verdict(found, segments, frictions, reworded=rewrite.changed),
        groups=segments,
        seats=told,
        frictions=_frictions(frictions, text, told),
        text=marks.marked(text, frictions, stuck),
        stuck=stuck,
        rewrite=rewrite,
        archetypes=[_archetype(one, seats) for one in synthesis["archetypes"]],
        notes=findings.get("structuralNotes") or [],
        audience=synthesis.get("audience") or {},
        validity=synthesis["validity"],
    )


def reworded(rewrite: Json, content: str) -> str:
    """A rewrite as one text, fit to be shown and to be tested."""
    return plain(changes.whole(rewrite, plain(content)))[:LONGEST]


def _archetype(told: Json, seats: Sequence[Seat]) -> Archetype:
    """What was found of an archetype, with the range of its intent."""
    intents = [seat.body["intent"] for seat in seats if seat.persona["archetype"] == told["name"]]
    return Archetype(
        told["name"], told["count"], measures.average(intents), told.get("summary") or ""
    )


def _frictions(frictions: Sequence[Json], text: str, seats: Sequence[Seat]) -> list[Friction]:
    people = {seat.persona["id"]: seat for seat in seats}
    return [
        Friction(
            number,
            one["point"],
            float(one["severity"]),
            verdict.weight(float(one["severity"])),
            [
                Quote(
                    said["quote"], people.get(said["persona_id"]), marks.about(said["quote"], text)
                )
                for said in one["evidence"]
            ],
        )
        for number, one in enumerate(frictions, 1)
    ]


def _rewrite(rewrite: Json, text: str) -> Rewrite:
    told = reworded(rewrite, text)
    changed = told.split() != text.split()
    return Rewrite(
        told,
        changed,
        rewrite["rationale"],
        rewrite.get("edits") or [],
        [
            Change(piece.kind, changes.parts(piece.text, text))
            for piece in (changes.changes(text, told) if changed else ())
        ],
        changes.parts(told, text),
    )
