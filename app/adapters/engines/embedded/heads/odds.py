"""What people chose before says of several versions, where one head has learned such texts."""

from collections.abc import Sequence

from app.adapters.engines.embedded.heads.figures import figures
from app.adapters.engines.embedded.heads.wording import ELSEWHERE
from app.domain.panel.preference import Learned
from app.domain.panel.shapes import Wording


def learned(wordings: Sequence[Wording | None]) -> Learned | None:
    """None where a version has no head or another one: worths of two heads cannot be compared."""
    known = [wording for wording in wordings if wording is not None]
    formats = {wording.format for wording in known}
    if len(known) < len(wordings) or len(formats) != 1:
        return None
    found = figures(formats.pop())
    if found is None:
        return None
    levels = {wording.level for wording in known}
    level = ELSEWHERE if ELSEWHERE in levels else known[0].level
    return Learned([wording.worth for wording in known], found.stretch, level)
