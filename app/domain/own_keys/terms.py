"""A key's end and its monthly cap, as a person chooses them."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from app.domain.grants import terms
from app.errors import InvalidInput

PRESETS = ("30", "90", "365")  # days
NEVER, ON_A_DAY = "never", "day"
_LAST_MINUTE = time(23, 59, tzinfo=UTC)
_LATEST_DAYS = 3650


class Terms(NamedTuple):
    """What limits a key: tokens a period and the moment it ends; None: neither."""

    cap: int | None
    expires_at: datetime | None


def read(
    cap: str, expires: str, on: str, now: datetime, kept: datetime | None = None
) -> tuple[Terms, dict[str, str]]:
    """The terms, and what is wrong with each of them; the day it stands at changes nothing."""
    problems = {}
    tokens, ends = None, None
    try:
        tokens = terms.limit(cap)
    except InvalidInput as problem:
        problems["cap"] = problem.message
    try:
        ends = _ends(expires or NEVER, on, now, kept)
    except InvalidInput as problem:
        problems[str(problem.details["field"])] = problem.message
    return Terms(tokens, ends), problems


def _ends(expires: str, on: str, now: datetime, kept: datetime | None) -> datetime | None:
    if expires == NEVER:
        return None
    if expires in PRESETS:
        return now + timedelta(days=int(expires))
    if expires != ON_A_DAY:
        raise InvalidInput("Choose one of the ends offered.", field="expires")
    day = _day(on)
    if kept is not None and day == kept.date():
        return kept
    if not now.date() <= day <= now.date() + timedelta(days=_LATEST_DAYS):
        raise InvalidInput("Choose today or a later day, within ten years.", field="on")
    return datetime.combine(day, _LAST_MINUTE)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InvalidInput("Write the day as 2027-01-31.", field="on") from None
