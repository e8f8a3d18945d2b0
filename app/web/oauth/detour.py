"""When somebody was sent to sign in and come back: told by a mark only we can make."""

from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from app.kit import clock, secrets
from app.web.services import services

MARK = "signed_in_after"  # a parameter of our own beside those of the request
_LASTS = timedelta(minutes=30)


def marked(path: str, now: datetime) -> str:
    """The address of a request, with the moment somebody left it."""
    left = str(clock.milliseconds(now))
    return f"{path}&{MARK}={left}.{_signature(services().links.keys[0], path, left)}"


def left_at(path: str, mark: str, now: datetime) -> int | None:
    """When they left this very request, unless that is long ago; what others made says nothing."""
    left, _, signature = mark.partition(".")
    keys = services().links.keys
    if not any(secrets.same(_signature(key, path, left), signature) for key in keys):
        return None
    oldest = clock.milliseconds(now - _LASTS)
    return int(left) if oldest <= int(left) <= clock.milliseconds(now) else None


def said(path: str) -> str:
    """What a request says, however the way there and back spells its bytes."""
    pairs = parse_qsl(path.partition("?")[2], encoding="latin-1")
    return urlencode(pairs, encoding="latin-1")


def _signature(key: str, path: str, left: str) -> str:
    return secrets.sign(key, MARK, said(path), left)
