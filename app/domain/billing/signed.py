"""Whose a notice is: the header `t=…,v1=…` over its body, by any of several keys, and how old."""

from collections.abc import Callable, Sequence
from datetime import datetime

from app.domain.billing.biller import BadNotice
from app.kit import clock, secrets

TOLERANCE_S = 300  # before and after
_LONGEST_MOMENT = 12

Sign = Callable[[str, str, bytes], str]  # key, moment, body


def verify(
    body: bytes, header: str, keys: Sequence[str], now: datetime, *, by: Sign, whose: str
) -> str:
    """The key that signed a body; BadNotice where none did, or not about now."""
    parts = [part.partition("=") for part in header.split(",")]
    moment = next((value for name, _, value in parts if name == "t"), "")
    offered = [value for name, _, value in parts if name == "v1" and value.isascii()]
    if not (moment.isascii() and moment.isdigit() and len(moment) <= _LONGEST_MOMENT):
        raise BadNotice("The signature says no time.")
    expected = [(key, by(key, moment, body)) for key in keys]
    # A list, so that how long it takes says nothing of which of them fits.
    fits = [(secrets.same(each, value), key) for key, each in expected for value in offered]
    signer = next((key for is_its, key in fits if is_its), None)
    if signer is None:
        raise BadNotice(f"The signature is not {whose}.")
    if abs(clock.milliseconds(now) // 1000 - int(moment)) > TOLERANCE_S:
        raise BadNotice(f"The signature is more than {TOLERANCE_S} seconds old, or early.")
    return signer
