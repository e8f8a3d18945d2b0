"""What an edit changes for one person, told as before and after."""

from app.adapters.engines.embedded.ask.asked import Asked
from app.adapters.engines.embedded.ask.lines import changes
from app.adapters.engines.embedded.ask.scene import would
from app.adapters.engines.embedded.ask.whatif.edits import Edit
from app.adapters.engines.embedded.voice.points import Point
from app.domain.panel.shapes import Outcome

_WILLING = ("scroll", "stay", "save", "click")  # least to most
_FELT = 0.02  # of utility: a lean below this is none


def change(asked: Asked, edit: Edit) -> list[str]:
    """The difference the edit makes, then the reason for it."""
    there = _already(asked, edit)
    if there is not None:
        return [asked.naming(changes.ALREADY, there)]
    before, after = asked.seat.outcome, asked.rerun(edit.text).outcome
    point = _point(asked, edit)
    said = asked.speaker.say(
        _lines(before, after),
        point,
        done=edit.done,
        does=would(asked.seat.document.content_type, after.decision),
        before=str(before.intent),
        after=str(after.intent),
        lean="leaning a little more towards it"
        if after.utility > before.utility
        else "a little cooler",
    )
    return [
        said,
        *asked.wordy([_reason(asked, point, before, after), *_trust(asked, point, before, after)]),
    ]


def _already(asked: Asked, edit: Edit) -> Point | None:
    """The point that is what the edit would add, where the reader met it."""
    if not edit.supplies or any(cue.kind in edit.touched for cue in asked.seat.document.cues):
        return None
    there = [point for point in asked.every if point.kind == edit.supplies]
    if edit.supplies == "price":
        there = [point for point in there if any(map(str.isdigit, point.quote))]
    return next(iter(there), None)


def _lines(before: Outcome, after: Outcome) -> tuple[str, ...]:
    turned = _WILLING.index(after.decision) - _WILLING.index(before.decision)
    if turned > 0 and after.intent == before.intent:
        return changes.TURNED_LEVEL
    if turned:
        return changes.TURNED if turned > 0 else changes.TURNED_AWAY
    if after.intent != before.intent:
        return changes.BETTER if after.intent > before.intent else changes.WORSE
    moved = after.utility - before.utility
    return changes.SLIGHTLY if abs(moved) > _FELT else changes.SAME


def _point(asked: Asked, edit: Edit) -> Point:
    """What the edit was about for this person, if it was anything."""
    touched = [p for p in asked.roles.all if p.ref in edit.touched or p.kind in edit.touched]
    return next(iter(touched), asked.roles.lead)


def _reason(asked: Asked, point: Point, before: Outcome, after: Outcome) -> str:
    if (after.decision, after.intent) != (before.decision, before.intent):
        return asked.because(changes.REASON, point)
    others = [other for other in asked.roles.all if other is not point and other.kind != point.kind]
    lead = next(iter(others), None)
    if lead is None:
        return asked.because(changes.REASON_ALONE, point)
    return asked.because(changes.REASON_STILL_GOOD if lead.liked else changes.REASON_STILL, lead)


def _trust(asked: Asked, point: Point, before: Outcome, after: Outcome) -> list[str]:
    if after.trust == before.trust:
        return []
    numbers = {"before": str(before.trust), "after": str(after.trust)}
    return [asked.speaker.say(changes.TRUST_MOVED, point, **numbers)]
