"""What scopes and secrets mean, in words for whoever looks after an app."""

from collections.abc import Iterable

SCOPES = {
    "mcp": ("Run tests and ask panels", "Spends tokens; includes reading"),
    "mcp:read": ("Read runs, reports and the balance", "Spends nothing"),
    "openid": ("Know that somebody is the same person", "An id for each person"),
    "profile": ("See somebody's name", ""),
    "email": ("See somebody's e-mail address", ""),
    "offline_access": ("Stay connected without asking again", "Until access ends"),
}
OVERLAPS = {
    "24": ("For 24 hours", "Time to put the new one in its place"),
    "168": ("For 7 days", "Where a change takes a release"),
    "0": ("Not at all", "It leaked: it stops working now"),
}


def scopes(granted: Iterable[str]) -> list[str]:
    """What each scope lets an app do."""
    return [SCOPES[scope][0] for scope in granted]
