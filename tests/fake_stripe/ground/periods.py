"""Billing periods: months keep the day they began on, and end earlier where a month is short."""

import calendar
from datetime import UTC, datetime

FIXED = {"day": 86400, "week": 7 * 86400}


def period_at(anchor: int, interval: str, count: int, moment: int) -> tuple[int, int]:
    """The period of a cycle anchored at `anchor` that holds a moment."""
    turn = 0
    while boundary(anchor, interval, count, turn + 1) <= moment:
        turn += 1
    return boundary(anchor, interval, count, turn), boundary(anchor, interval, count, turn + 1)


def boundary(anchor: int, interval: str, count: int, turn: int) -> int:
    """The moment the period number `turn` begins."""
    if interval in FIXED:
        return anchor + FIXED[interval] * count * turn
    months = count * turn * (12 if interval == "year" else 1)
    begun = datetime.fromtimestamp(anchor, UTC)
    year, month = divmod(begun.year * 12 + begun.month - 1 + months, 12)
    day = min(begun.day, calendar.monthrange(year, month + 1)[1])
    return int(begun.replace(year=year, month=month + 1, day=day).timestamp())
