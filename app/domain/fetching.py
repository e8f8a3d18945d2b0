"""Fetching something of somebody else's: what is asked for, what comes back, why nothing does."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

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


class Fetched(NamedTuple):
    """What a 200 answer held."""

    url: str  # where it was found, after redirects
    content_type: str
    body: bytes


class NotFetched(Exception):
    """Nothing was fetched; the sentence is safe to show, the answer's own words never are."""

    def __init__(self, because: Because, sentence: str, *, status: int | None = None) -> None:
        super().__init__(sentence)
        self.because = because
        self.sentence = sentence
        self.status = status


class Fetcher(Protocol):
    """Fetches public addresses only, whatever a name resolves to and wherever it redirects."""

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
