"""The one sentence a report says aloud, by rules that claim no more than the ranges allow."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.panel.shapes import Json
from app.domain.report.groups import Group
from app.domain.report.measures import Measures

HALF = 0.5
FELT = 0.3  # severity from which something stands in the way at all
WEIGHS = 2.0  # and from which it may explain what people did


class Verdict(NamedTuple):
    """The sentence, and what stands under it."""

    sentence: str
    lede: str


def verdict(
    found: Measures, groups: Sequence[Group], frictions: Sequence[Json], *, reworded: bool
) -> Verdict:
    """What most people did where a majority is beyond the range, and what weighs most."""
    worst = max(frictions, key=lambda one: float(one["severity"]), default=None)
    severity = float(worst["severity"]) if worst else 0.0
    head, tail = majority(found), _tail(worst, severity)
    lede = [_largest(groups), _snag(worst, severity), _wording(reworded=reworded)]
    return Verdict(head + tail, " ".join(part for part in lede if part))


def majority(found: Measures) -> str:
    """What more than half did, where the whole range lies beyond the half; else that they split."""
    if found.decisions["scroll"].low > HALF:
        return "Most scroll past"
    if found.acted.low > HALF:
        return "Most click or save it"
    if found.read_on.low > HALF:
        return "Most read on"
    return "The room is split"


def weight(severity: float) -> str:
    """What taking a friction away would change, in words."""
    if severity < FELT:
        return "Without it nothing that can be measured changes."
    if severity < WEIGHS:
        return "Without it little changes."
    return "Without it a part comes back." if severity < 5 else "Without it much comes back."


def _tail(worst: Json | None, severity: float) -> str:
    if worst is None or severity < FELT:
        return ", and nothing in it stands in the way."
    if severity < WEIGHS:
        return ", and no single thing in it weighs much."
    return f". {worst['point']}"


def _largest(groups: Sequence[Group]) -> str:
    """The largest group, and those that may be larger for all the ranges say."""
    if not groups:
        return ""
    first, *others = groups
    told = (
        f"The largest group is “{first.name}”: {100 * first.share:.0f} % of the panel "
        f"({100 * first.low:.0f} to {100 * first.high:.0f} %)."
    )
    close = [one for one in others if one.high >= first.low]
    names = " or ".join(f"“{one.name}”" for one in close)
    return told + (f" By the ranges it could as well be {names}." if close else "")


def _snag(worst: Json | None, severity: float) -> str:
    """The worst friction where the sentence did not name it."""
    if worst is None or not FELT <= severity < WEIGHS:
        return ""
    return f"The largest snag, {severity:g} of 10: {worst['point']}"


def _wording(*, reworded: bool) -> str:
    if reworded:
        return "A rewrite that the same people liked better stands below."
    return "No rewording that was tried made the panel like it better."
