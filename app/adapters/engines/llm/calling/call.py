"""One call of a model: what goes in, what comes out, and the ways it fails, in our words alone.

Providers' own words are never kept: they may hold parts of a key or of what a customer sent.
"""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from app.domain.panel.shapes import Json

JSON_SCHEMA, JSON_OBJECT, TEXT = "json_schema", "json_object", "text"


class Turn(NamedTuple):
    """An answer that could not be used, and what was wrong with it."""

    answer: str
    wrong: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told, in this order; the first two parts are the same for a whole panel."""

    rules: str
    shared: str
    own: str
    schema: Json
    most_in: int  # tokens, and surely no more
    most_out: int
    turn: Turn | None = None
    picture: str = ""  # a JPEG in base64, the same for a whole panel


class Said(NamedTuple):
    """What a model answered, and what it says that cost."""

    text: str
    tokens_in: int | None
    tokens_out: int | None
    ended: str = "done"  # done | cut | refused
    micros: int = 0  # what it cost
    saw: bool = False  # whether the picture went with the call


class CallFailed(Exception):
    """A call brought no answer."""

    again = False  # whether the same call may do later
    billed = False  # whether its tokens may have to be paid all the same


class Busy(CallFailed):
    """The provider asks for patience."""

    again = True

    def __init__(self, retry_after_s: float | None = None) -> None:
        super().__init__("The model's provider is busy.")
        self.retry_after_s = retry_after_s


class Unreachable(CallFailed):
    """No answer, or one that the provider calls its own fault."""

    again = True

    def __init__(self, why: str, *, billed: bool = False) -> None:
        super().__init__(f"The model's provider did not answer: {why}.")
        self.billed = billed


class Refused(CallFailed):
    """The provider will not do this call: the format it was asked in, most often."""

    def __init__(self, status: int) -> None:
        super().__init__(f"The model's provider refused the call with {status}.")


class Denied(CallFailed):
    """The provider does not let us in: key, model or account."""

    def __init__(self, status: int) -> None:
        super().__init__(f"The model's provider does not let us in: {status}.")


class Unwanted(CallFailed):
    """Nobody waits for the answer any more."""

    def __init__(self) -> None:
        super().__init__("Nobody waits for this answer any more.")


class Model(Protocol):
    """A model behind one SDK."""

    rungs: tuple[str, ...]  # the ways to ask for JSON it knows, the strictest first

    def ask(self, prompt: Prompt, rung: str) -> Said:
        """One call, or CallFailed."""

    def close(self) -> None:
        """Let go of its connections."""


def failure(status: int, retry_after_s: float | None) -> CallFailed:
    """What an answer's status means."""
    if status in {401, 402, 403, 404}:
        return Denied(status)
    if status in {429, 529}:
        return Busy(retry_after_s)
    if status in {408, 409} or status >= 500:
        return Unreachable(str(status))
    return Refused(status)
