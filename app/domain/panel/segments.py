"""Three groups by what people did: leaned in, held back, passed by. Never by who they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from app.domain.panel.intervals import mean, wilson
from app.domain.panel.reasons import Reasons, telling
from app.domain.panel.shapes import Json, Reaction

LEAST_SHARE = 0.05
_BEHAVIOURS = ("Leaned in", "Held back", "Passed by")
_NEAREST = ("Came closest", "Hesitated", "Least taken")  # where a group had to be filled up


@dataclass(frozen=True, slots=True)
class Segment:
    """One group, its name and its members."""

    name: str
    behaviour: int  # place in leaned in, held back, passed by
    told: str  # the kind its name speaks of, or nothing
    members: tuple[Reaction, ...]


def segment(reactions: Sequence[Reaction], reasons: Reasons) -> tuple[Segment, ...]:
    """The three groups, in the order leaned in, held back, passed by."""
    groups = _grouped(reactions)
    filled = _filled(groups, max(1, ceil(len(reactions) * LEAST_SHARE)))
    told = _told(filled)
    names = _names(groups, filled, told, reasons)
    return tuple(Segment(names[i], i, told[i], tuple(filled[i])) for i in range(len(_BEHAVIOURS)))


def described(segments: Sequence[Segment], reasons: Reasons) -> list[Json]:
    """The groups as the report shows them; the shares sum to one."""
    total = sum(len(one.members) for one in segments)
    shares = [round(len(one.members) / total, 4) for one in segments[:-1]]
    shares.append(round(1.0 - shares[0] - shares[1], 4))
    return [
        {
            "name": one.name,
            "share": share,
            "interval": list(wilson(len(one.members), total)),
            "summary": _summary(one, total, reasons),
        }
        for one, share in zip(segments, shares, strict=True)
    ]


def _grouped(reactions: Sequence[Reaction]) -> list[list[Reaction]]:
    attention = _median([one.state["levels"]["attention"] for one in reactions])
    desire = _median([one.state["levels"]["desire"] for one in reactions])
    groups: list[list[Reaction]] = [[], [], []]
    for one in reactions:
        decision, levels = one.state["outcome"]["decision"], one.state["levels"]
        taken = levels["attention"] > attention and levels["desire"] > desire
        place = 0 if decision in ("click", "save") else 1 if decision == "stay" or taken else 2
        groups[place].append(one)
    return groups


def _filled(groups: Sequence[Sequence[Reaction]], least: int) -> list[list[Reaction]]:
    """Groups brought up to the least size by those nearest to them, one rule for each."""
    leaned, held, passed = (sorted(group, key=_keenness) for group in groups)
    while len(leaned) < least:
        source = held or passed
        leaned.append(source.pop())
    while len(passed) < least:
        source = held or leaned
        passed.append(source.pop(0))
    while len(held) < least:
        source = passed if len(passed) >= len(leaned) else leaned
        held.append(source.pop(-1 if source is passed else 0))
    return [sorted(group, key=lambda one: one.number) for group in (leaned, held, passed)]


def _keenness(one: Reaction) -> tuple[float, ...]:
    outcome = one.state["outcome"]
    return outcome["intent"], outcome["utility"], -one.number


def _told(filled: Sequence[Sequence[Reaction]]) -> tuple[str, str, str]:
    """What drew the first group, held the second and put off the third, more than the others."""
    everyone = [one for group in filled for one in group]
    held = telling(filled[1], everyone, -1)
    return telling(filled[0], everyone, 1), held, telling(filled[2], everyone, -1, taken=held)


def _names(
    own: Sequence[Sequence[Reaction]],
    filled: Sequence[Sequence[Reaction]],
    told: tuple[str, str, str],
    reasons: Reasons,
) -> list[str]:
    drawn, held, passed = told
    draw = reasons.phrase(drawn, 0) if drawn else ""
    heads = [
        _BEHAVIOURS[i] if len(own[i]) * 2 >= len(filled[i]) else _NEAREST[i]
        for i in range(len(_BEHAVIOURS))
    ]
    return [
        f"{heads[0]} for {draw}" if draw else f"{heads[0]} anyway",
        f"{heads[1]} by {reasons.phrase(held, 1)}" if held and heads[1] == "Held back"
        else f"{heads[1]} over {reasons.phrase(held, 1)}" if held else f"{heads[1]} without a snag",
        f"{heads[2]}: {reasons.phrase(passed, 1)}" if passed else f"{heads[2]} without a snag",
    ]  # fmt: skip


def _summary(one: Segment, total: int, reasons: Reasons) -> str:
    outcomes = [reaction.state["outcome"] for reaction in one.members]
    intent, trust = (
        round(mean([each[name] for each in outcomes]), 1) for name in ("intent", "trust")
    )
    figures = f"{len(outcomes)} of {total}: average intent {intent}, trust {trust} of 10."
    drawn, held = (one.told, "") if one.behaviour == 0 else ("", one.told)
    draw, brake = reasons.draw(one.members, drawn), reasons.brake(one.members, held)
    told = f" What spoke for it: {draw}." if draw else " Nothing in it spoke for it."
    return figures + told + (f" What spoke against it: {brake}." if brake else "")


def _median(values: Sequence[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else 0.0
