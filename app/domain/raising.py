"""Letting a key or an app spend more than it may: an owner's to do, however it is asked for."""

from app.domain.rights import NotAllowed


class RaisesLimit(NotAllowed):
    """Somebody who is no owner wants a key or an app to spend more."""


def raises(before: int | None, after: int | None) -> bool:
    """Whether a monthly limit in tokens lets more be spent than another; None: no limit."""
    return before is not None and (after is None or after > before)


def only_by_owner(before: int | None, after: int | None, *, owner: bool) -> None:
    """Refuse a higher limit from anybody else."""
    if raises(before, after) and not owner:
        raise RaisesLimit(
            f"Only an owner raises a limit; it is {before:,} tokens.",
            hint="Ask an owner of the organization.",
        )
