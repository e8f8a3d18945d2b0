"""The time, in one place so that tests can turn it."""

from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """The present moment in UTC, to the millisecond our tables keep."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def milliseconds(moment: datetime) -> int:
    """A moment as the integer our tables keep."""
    return (moment - EPOCH) // timedelta(milliseconds=1)


def from_milliseconds(value: int) -> datetime:
    """The moment an integer of our tables stands for."""
    return EPOCH + timedelta(milliseconds=value)


def iso(moment: datetime) -> str:
    """ISO 8601 in UTC, as machines read it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def month_start(moment: datetime) -> datetime:
    """The first instant of a moment's calendar month, UTC."""
    return moment.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def day_start(moment: datetime) -> datetime:
    """The first instant of a moment's day, UTC."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def month_after(moment: datetime) -> datetime:
    """The same day and time one month later, or that month's last day."""
    year, month = divmod(moment.year * 12 + moment.month, 12)
    for day in range(moment.day, 0, -1):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError(moment)


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
