"""Addresses made to be thrown away: they get no trial."""

from functools import cache


def is_disposable(email: str) -> bool:
    """Whether an address, or a domain above its own, is on the list of such providers."""
    labels = email.rpartition("@")[2].lower().split(".")
    return any(".".join(labels[start:]) in _domains() for start in range(len(labels) - 1))


@cache
def _domains() -> frozenset[str]:
    from disposable_email_domains import blocklist  # noqa: PLC0415 # thousands of names

    return frozenset(blocklist)
