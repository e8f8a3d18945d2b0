"""Consent inside the house: an installation that checks itself needs no password and no session.

The authorization address is opened as a client's browser opens it. Where sign-in would begin, the
request itself is approved for whoever asked for the check.
"""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from app.adapters.doctor.profiles import LOOPBACK, Profile
from app.adapters.doctor.steps import Step
from app.adapters.doctor.wire import Wire, origin

SIGN_IN = "/login"
PORT = 49152  # any: a client that waits on a loopback port registers none

Approve = Callable[[str], str]
"""From the query of an authorization address to the code that a person's yes is worth."""


class House:
    """Answers for the person, at the one server it was made for."""

    def __init__(self, base: str, wire: Wire, approve: Approve) -> None:
        self._base = base
        self._wire = wire
        self._approve = approve

    def redirect_uri(self, profile: Profile) -> str:
        """Any: nothing is ever sent there."""
        if profile.redirect_uri != LOOPBACK:
            return profile.redirect_uri
        return profile.redirect_uri.replace("/callback", f":{PORT}/callback", 1)

    def approve(self, address: str, redirect_uri: str) -> dict[str, str]:
        if origin(address) != origin(self._base):
            return {}
        leads = self._opened(address)
        if leads.startswith(redirect_uri):  # sent back with a refusal before anybody was asked
            return dict(parse_qsl(urlsplit(leads).query))
        if urlsplit(leads).path != SIGN_IN:
            return {}
        query = urlsplit(address).query
        state = dict(parse_qsl(query)).get("state", "")
        return {"code": self._approve(query), "state": state, "iss": self._base}

    def _opened(self, address: str) -> str:
        """Where the address leads a browser that nobody is signed in at."""
        unread = Step("", frozenset())
        answer = self._wire.send(unread, "GET", address, headers={"Accept": "text/html"})
        return answer.headers.get("Location", "")
