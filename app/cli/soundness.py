"""What was found when data were looked at: as facts for programs, as lines for people."""

from collections.abc import Iterator
from typing import Any

from app.domain import soundness
from app.domain.soundness import Looked


def told(found: list[Looked]) -> dict[str, Any]:
    """What was looked at and how much of it, and every fault; null where nobody looked."""
    if not found:
        return {"sound": None, "looked_at": {}, "faults": []}
    faults = soundness.faults(found)
    looked_at = {each.name: each.rows for each in found}
    return {"sound": not faults, "looked_at": looked_at, "faults": faults}


def lines(found: list[Looked]) -> Iterator[str]:
    """One line a thing that was looked at, and one a fault."""
    for each in found:
        state = f"{len(each.faults)} faults" if each.faults else "sound"
        yield f"  {each.name:10} {each.rows:>10,}  {state}"
        for fault in each.faults:
            yield f"    {fault}"
