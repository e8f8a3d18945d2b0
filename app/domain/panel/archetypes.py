"""What each archetype of a panel made of the content."""

from collections.abc import Sequence

from app.domain.panel.intervals import mean
from app.domain.panel.reasons import Reasons
from app.domain.panel.shapes import Json, Reaction
from app.domain.panel.stats import DECISIONS

_ACTED = {"stay": "read on", "scroll": "scrolled past", "click": "clicked", "save": "saved it"}


def archetypes(reactions: Sequence[Reaction], reasons: Reasons) -> list[Json]:
    """One row per archetype, the most numerous first."""
    groups: dict[str, list[Reaction]] = {}
    for reaction in reactions:
        groups.setdefault(reaction.persona["archetype"], []).append(reaction)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return [_row(name, group, len(reactions), reasons) for name, group in ordered]


def _row(name: str, group: Sequence[Reaction], of: int, reasons: Reasons) -> Json:
    decisions = [reaction.state["outcome"]["decision"] for reaction in group]
    dominant = max(DECISIONS, key=lambda one: (decisions.count(one), one))
    return {
        "name": name,
        "count": len(group),
        "share": round(len(group) / of, 4),
        "avgIntent": round(mean([one.state["outcome"]["intent"] for one in group]), 2),
        "decision": dominant,
        "summary": _line(group, decisions.count(dominant), dominant, reasons),
    }


def _line(group: Sequence[Reaction], hits: int, dominant: str, reasons: Reasons) -> str:
    did = f"{hits} of {len(group)} {_ACTED[dominant]}"
    draw, brake = reasons.draw(group), reasons.brake(group)
    parts = [f"drawn by {draw}" if draw else "", f"put off by {brake}" if brake else ""]
    why = ", ".join(part for part in parts if part)
    return f"{did}; {why}." if why else f"{did}."
