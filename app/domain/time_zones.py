"""The time zones people choose from."""

from functools import cache
from zoneinfo import available_timezones

_SKIPPED = ("Etc/", "SystemV/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/")  # other spellings


@cache
def listed() -> tuple[str, ...]:
    """Every time zone by its city, UTC first."""
    cities = (each for each in available_timezones() if "/" in each)
    return ("UTC", *sorted(each for each in cities if not each.startswith(_SKIPPED)))
