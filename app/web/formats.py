"""Numbers, money and times as people read them: one formatter for every page."""

import re
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask import Flask
from markupsafe import Markup  # Jinja's own

from app.kit import clock
from app.kit.money import usd
from app.web import signed_in

_LONG_NUMBER = re.compile(r"[0-9]{4,}")
_JUST_NOW_S, _HOUR_S, _DAY_S = 60, 3600, 86_400


def register(app: Flask) -> None:
    """Give every template the formats."""
    for each in (number, usd, moment, day, short_day, utc_day, utc_month, ago, span):
        app.add_template_filter(each)


def number(value: int) -> str:
    """1,234,567."""
    return f"{value:,}"


def numbers(sentence: str) -> str:
    """A sentence of a program, its numbers as people read them."""
    return _LONG_NUMBER.sub(lambda found: number(int(found[0])), sentence)


def moment(value: datetime | None, never: str = "never") -> str | Markup:
    """19 Nov, 14:02 in the reader's time zone; the year stands where it is another one."""
    return _time(value, never, "%-d %b, %H:%M", "%-d %b %Y, %H:%M")


def day(value: datetime | None, never: str = "never") -> str | Markup:
    """19 November, in the reader's time zone."""
    return _time(value, never, "%-d %B", "%-d %B %Y")


def short_day(value: datetime | None, never: str = "never") -> str | Markup:
    """19 Nov, in the reader's time zone."""
    return _time(value, never, "%-d %b", "%-d %b %Y")


def utc_day(value: datetime, style: str = "%-d %B") -> Markup:
    """2 November, of a day that is counted in UTC wherever its reader is."""
    said = value.strftime(style)
    return Markup('<time datetime="{}">{}</time>').format(f"{value:%Y-%m-%d}", said)


def utc_month(value: datetime) -> str:
    """November 2026, of a month that is counted in UTC."""
    return f"{value:%B %Y}"


def ago(value: datetime | None, never: str = "never") -> str | Markup:
    """2 min ago, 3 h ago; from a day on the moment itself."""
    if value is None:
        return never
    passed = int((clock.now() - value).total_seconds())
    if passed >= _DAY_S:
        return moment(value)
    if passed < _JUST_NOW_S:
        said = "just now"
    elif passed < _HOUR_S:
        said = f"{passed // 60} min ago"
    else:
        said = f"{passed // _HOUR_S} h ago"
    return _marked(value, said)


def span(seconds: int) -> str:
    """40 seconds, 12 minutes, 5 hours: rounded up, so that nobody is back before it is over."""
    size, unit = (1, "second") if seconds < 60 else (60, "minute")
    if seconds > 2 * _HOUR_S:
        size, unit = _HOUR_S, "hour"
    amount = -(-seconds // size)
    return f"{amount} {unit}{'' if amount == 1 else 's'}"


def zone() -> tzinfo:
    """The time zone of whoever reads this page."""
    person = signed_in.current()
    try:
        return ZoneInfo(person.time_zone if person else "UTC")
    except ZoneInfoNotFoundError:  # it was known once; a machine may know fewer than another
        return ZoneInfo("UTC")


def _time(value: datetime | None, never: str, near: str, far: str) -> str | Markup:
    if value is None:
        return never
    local, this_year = value.astimezone(zone()), clock.now().astimezone(zone()).year
    return _marked(value, local.strftime(near if local.year == this_year else far))


def _marked(value: datetime, said: str) -> Markup:
    exact = value.astimezone(zone()).strftime("%-d %B %Y, %H:%M:%S %Z")
    return Markup('<time datetime="{}" title="{}">{}</time>').format(clock.iso(value), exact, said)
