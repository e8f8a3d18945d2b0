"""What a tool is: a name, an input, an output, and one function between them."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy.orm import Session

from app.domain.billing.till import Till
from app.domain.callers import Caller
from app.domain.links import Links
from app.domain.pages.door import Door
from app.domain.runs import ahead
from app.domain.runs.order import Order
from app.domain.tariff.panelist import Panelist
from app.errors import InvalidInput, PolisError
from app.tools import schema, words

POLL_AFTER_S = 2  # before whoever asks how far something is asks again
LONGEST_WAIT = 25  # seconds a call may wait for news instead; a stop leaves 30 (decisions/0012)

Problems = list[tuple[str, str]]  # field and what is wrong with it


class Input(BaseModel):
    """A tool's arguments: strict types, nothing unknown, blank text is missing text."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, str_strip_whitespace=False)

    @classmethod
    def together(cls, _given: dict[str, Any]) -> Problems:
        """Name what is wrong between fields; each field by itself is checked already."""
        return []


class Output(BaseModel):
    """A tool's answer; what is null is left out, unless its class says otherwise."""

    def as_text(self) -> str:
        """The answer as JSON, compact."""
        return self.model_dump_json(exclude_none=True)


In = TypeVar("In", bound=Input)
Out = TypeVar("Out", bound=Output)


class Call(NamedTuple):
    """One call of a tool: whose it is, and the transaction it runs in."""

    session: Session
    caller: Caller
    links: Links
    panelist: Panelist
    now: datetime
    request_id: str
    ahead: PolisError | None = None  # what was found before: why this cannot be begun

    def require(self) -> None:
        """Refuse what was found to be impossible; a repeat gets its first answer all the same."""
        if self.ahead is not None:
            raise self.ahead


class Ahead(NamedTuple):
    """What a call may do before its transaction: look at the pages it names."""

    door: Door
    caller: Caller
    now: datetime
    reading: Callable[[], AbstractContextManager[Session]]

    def refusal(self, tool: str, key: str | None, orders: Sequence[Order]) -> PolisError | None:
        """Why the pages of a tool's orders cannot be tested, or None."""

        def starts() -> bool:
            with self.reading() as session:
                return ahead.would_start(session, self.caller, tool, key, orders, self.now)

        return self.door.refusal(orders, self.caller, self.now, starts)


class Outside(NamedTuple):
    """What a call may still do when its transaction has ended: ask the payment provider."""

    till: Till
    caller: Caller
    links: Links


@dataclass(frozen=True, slots=True)
class Hints:
    """The four annotations, each stated."""

    read_only: bool
    destructive: bool = False
    idempotent: bool = False
    open_world: bool = False


@dataclass(frozen=True, slots=True)
class Waiting(Generic[In, Out]):
    """How a call waits for something to change, in reads of their own after the first answer."""

    seconds: Callable[[In, Out], float]  # 0: answer at once
    again: Callable[[Call, In, Out], Out]
    settled: Callable[[Out, Out], bool]  # of the first and the newest answer
    progress: Callable[[Out], tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class Tool(Generic[In, Out]):
    """A tool as it is declared; describing, parsing and running are the same for all."""

    name: str
    title: str
    description: str
    input: type[In]
    output: type[Out]
    run: Callable[[Call, In], Out]
    hints: Hints
    scope: str  # mcp | mcp:read
    beforehand: Callable[[Ahead, In], PolisError | None] | None = None
    waiting: Waiting[In, Out] | None = None
    afterwards: Callable[[Outside, In, Out], Out] | None = None
    becomes_task: Callable[[In, Out], str | None] | None = None  # the handle a task goes by
    sells: bool = False  # not there for an app or a key that must not
    unsold: str = ""  # its description for such a caller, where that is another

    def is_there_for(self, caller: Caller) -> bool:
        """Whether a caller is shown the tool at all; to others it is an unknown one."""
        return not (self.sells and caller.never_sells)

    @property
    def writes(self) -> bool:
        """Whether a call needs a writing transaction."""
        return not self.hints.read_only

    def parse(self, arguments: dict[str, Any]) -> In:
        """Arguments as the input, or InvalidInput that names every bad field."""
        known = self.input.model_fields
        given = {k: v for k, v in arguments.items() if v is not None or k not in known}
        problems = words.unreadable(given)
        try:
            parsed = self.input.model_validate(given)
        except ValidationError as error:
            problems += words.problems(error)
            parsed = None
        problems += self.input.together(given)
        if problems or parsed is None:
            raise words.refusal(problems)
        return parsed

    def describe(self) -> dict[str, Any]:
        """The tool as `tools/list` shows it, in its newest form."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "inputSchema": schema.of_input(self.input),
            "outputSchema": schema.of_output(self.output),
            "annotations": {
                "title": self.title,
                "readOnlyHint": self.hints.read_only,
                "destructiveHint": self.hints.destructive,
                "idempotentHint": self.hints.idempotent,
                "openWorldHint": self.hints.open_world,
            },
        }


__all__ = [
    "LONGEST_WAIT", "POLL_AFTER_S", "Call", "Hints", "Input", "InvalidInput", "Output", "Outside",
    "Tool", "Waiting",
]  # fmt: skip
