"""What a key may do, as a person chooses it: only read, run tests but never buy, or everything."""

from app.domain.callers import FULL, READ
from app.errors import InvalidInput

NEVER_BUYS = "never_buys"  # everything but to be offered tokens
SCOPES = {READ: (READ,), NEVER_BUYS: (FULL,), FULL: (FULL,)}
_WIDER = tuple(SCOPES)  # each may do what those before it may


def check(scope: str) -> None:
    """Refuse what is none of them."""
    if scope not in SCOPES:
        raise InvalidInput("Choose what the key may do.", field="scope")


def of(granted: str, *, never_sells: bool) -> str:
    """Which of them a key has."""
    if FULL not in granted.split():
        return READ
    return NEVER_BUYS if never_sells else FULL


def kept_from_buying(scope: str, *, before: bool) -> bool:
    """Whether a key is offered no tokens; one that only reads goes on as it was."""
    return scope == NEVER_BUYS or (scope == READ and before)


def widens(before: str, after: str) -> bool:
    """Whether one of them lets a key do more than another."""
    return _WIDER.index(after) > _WIDER.index(before)
