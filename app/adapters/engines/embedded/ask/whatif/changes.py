"""What an edit changes for one person, told as before and after."""

from app.adapters.engines.embedded.ask.asked import Asked
from app.adapters.engines.embedded.ask.lines import changes
from app.adapters.engines.embedded.ask.scene import would
from app.adapters.engines.embedded.ask.whatif.edits import Edit
from app.adapters.engines.embedded.voice.points import Point
from app.domain.panel.shapes import Outcome

_WILLING = ("scroll", "stay", "save", "click")  # least to most
_LEANS = {True: "leaning a little more towards it", False: "a little cooler"}
_FELT = 0.02  # of utility: a lean below this is none


def change(asked: Asked, edit: Edit) -> list[str]:
    """The difference the edit makes, then the reason for it."""
    there = _already(asked, edit)
    if there is not None:
        return [asked.naming(changes.ALREADY, there)]
    before, after = asked.seat.outcome, asked.rerun(edit.text).outcome
    touched = [p for p in asked.every if p.ref in edit.touched or p.kind in edit.touched]
    point = next(iter(touched), asked.roles.lead)
    lean = _LEANS[after.utility > before.utility]
    told = asked.speaker.say(
        _lines(before, after),
        point,
        done=edit.done,
        does=would(asked.seat.document.content_type, after.decision),
        before=str(before.intent),
        after=str(after.intent),
        lean=lean,
    )
    more = [*_reason(asked, touched, before, after), *_trust(asked, point, before, after)]
    return [told, *asked.wordy(more)]


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


def _reason(asked: Asked, touched: list[Point], before: Outcome, after: Outcome) -> list[str]:
    """Why it moves them, if the thing changed is why; where nothing moves, what matters more."""
    moved = (after.intent, after.utility) > (before.intent, before.utility)
    if (after.decision, after.intent) != (before.decision, before.intent):
        why = [point for point in touched if point.liked != moved]
        return [asked.because(changes.REASON, point) for point in why[:1]]
    kinds = {point.kind for point in touched}
    elsewhere = next((point for point in asked.roles.all if point.kind not in kinds), None)
    if elsewhere is None:
        return [asked.because(changes.REASON_ALONE, asked.roles.lead)]
    lines = changes.REASON_STILL_GOOD if elsewhere.liked else changes.REASON_STILL
    return [asked.because(lines, elsewhere)]


def _trust(asked: Asked, point: Point, before: Outcome, after: Outcome) -> list[str]:
    if after.trust == before.trust:
        return []
    numbers = {"before": str(before.trust), "after": str(after.trust)}
    return [asked.speaker.say(changes.TRUST_MOVED, point, **numbers)]
