"""Fetching something of somebody else's: what is asked for, what comes back, why nothing does."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, Protocol

Because = Literal[
    "bad_address",  # not http(s), a port of its own, credentials in it
    "refused_address",  # a network nobody outside may reach through us
    "unreachable",
    "timeout",
    "status",
    "redirect",
    "content_type",
    "too_large",
    "unreadable",  # an answer that breaks HTTP or its own encoding
]
JSON = ("application/json", "application/*+json")
# A redirect is a sign-in wall's or a holiday page's, an address inside a resolver's that is wrong:
# neither is its owner's word that a thing is gone.
_OUTAGES = {"timeout", "unreachable", "redirect", "refused_address"}
# A wall in front of it (its 401 as its 403), and "come again" in words of HTTP: it may be there.
_OUTAGE_STATUSES = {401, 403, 408, 425, 429}
POSTED_S = 15.0  # in which what was sent has to be answered


class Fetched(NamedTuple):
    """What a 200 answer held."""

    url: str  # where it was found, after redirects
    content_type: str
    body: bytes
    max_age_s: int | None  # how long its owner wants it kept, where said
    charset: str = ""  # of its letters, where said


class NotFetched(Exception):
    """Nothing was fetched; the sentence is safe to show, the answer's own words never are."""

    def __init__(
        self, because: Because, sentence: str, *, status: int | None = None, kind: str = ""
    ) -> None:
        super().__init__(sentence)
        self.because = because
        self.sentence = sentence
        self.status = status
        self.kind = kind  # the content type that came, to be looked up in a table and never shown

    @property
    def outage(self) -> bool:
        """Whether it may be there all the same, behind a bot wall or a broken server."""
        status = self.status or 0
        return self.because in _OUTAGES or status in _OUTAGE_STATUSES or status >= 500


class Posted(NamedTuple):
    """What somebody answered to what we sent: any status, and the beginning of the body."""

    status: int
    beginning: bytes


class Fetcher(Protocol):
    """Connects to public addresses only, whatever a name resolves to and wherever it redirects."""

    def get(
        self,
        url: str,
        *,
        accept: Sequence[str] = JSON,
        most_bytes: int = 64 * 1024,
        seconds: float = 10.0,
        redirects: int = 0,
    ) -> Fetched:
        """The answer's body, or NotFetched; sizes count after decompression."""

    def post(
        self,
        url: str,
        body: bytes,
        headers: Mapping[str, str],
        *,
        most_bytes: int = 1024,
        seconds: float = POSTED_S,
    ) -> Posted:
        """Send something and see what comes back, a redirect included: it is not followed."""

    def check(self, url: str, *, there: bool = False) -> None:
        """NotFetched where no connection could ever be made; `there`: or is away."""


def as_object(body: bytes) -> dict[str, Any]:
    """A body as the JSON object it is; ValueError for anything else, too deep included."""
    try:
        found = json.loads(body)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(found, dict):
        raise ValueError("not an object")  # noqa: TRY004 # it is the value that is wrong
    return found
