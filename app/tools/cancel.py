"""polis_cancel: stop what is running; what was not processed comes back."""

from typing import Any

from pydantic import Field

from app.domain.callers import FULL
from app.domain.runs import outcome, turns
from app.tools.base import Call, Hints, Input, Output, Problems, Tool


class CancelInput(Input):
    """What to stop: one of the two."""

    run_id: str | None = Field(
        default=None, max_length=100, description="A run_id or compare_id; give this or thread_id."
    )
    thread_id: str | None = Field(
        default=None, max_length=100, description="A thread_id; give this or run_id."
    )

    @classmethod
    def together(cls, given: dict[str, Any]) -> Problems:
        if ("run_id" in given) == ("thread_id" in given):
            return [("run_id", "give either run_id or thread_id")]
        return []


class Cancelled(Output):
    """How it ended."""

    status: str = Field(description="cancelled, or how it had ended before.")
    refunded_tokens: int = Field(description="Tokens that came back; the same on every repeat.")


def run(call: Call, given: CancelInput) -> Cancelled:
    """Stop it once; asking again gives the same answer."""
    if given.thread_id is not None:
        status, refunded = turns.cancel(call.session, call.caller, given.thread_id, call.now)
    else:
        status, refunded = outcome.cancel(call.session, call.caller, given.run_id or "", call.now)
    return Cancelled(status=status, refunded_tokens=refunded)


TOOL = Tool(
    name="polis_cancel",
    title="Stop a test",
    description=(
        "Stop a run, comparison or panel question. Personas not yet processed are refunded "
        "exactly; those who answered stay paid. Repeating it is safe. Free."
    ),
    input=CancelInput,
    output=Cancelled,
    run=run,
    hints=Hints(read_only=False, destructive=True, idempotent=True),
    scope=FULL,
)
