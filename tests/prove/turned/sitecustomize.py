"""Python reads this as it starts a process of a fleet: its clock is as far ahead as a file says."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from app.kit import clock

_told, _true = Path(os.environ["TURNED_CLOCK"]), clock.now


def _now() -> datetime:
    return _true() + timedelta(seconds=int(_told.read_text()))


clock.now = _now
