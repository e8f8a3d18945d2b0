"""polis_status: how far a run or comparison is."""

from collections.abc import Sequence
from typing import Any

from pydantic import Field

from app.domain.callers import READ
from app.domain.runs import find
from app.domain.runs.outcome import OVER
from app.models.runs import Run
from app.tools import states
from app.tools.base import LONGEST_WAIT, POLL_AFTER_S, Call, Hints, Input, Output, Tool, Waiting


class StatusInput(Input):
    """Which run, and how long to wait for news."""

    run_id: str = Field(max_length=100, description="A run_id of polis_test, or a compare_id.")
    wait_s: int = Field(
        default=0,
        ge=0,
        le=LONGEST_WAIT,
        description="Wait up to so many seconds for something to change.",
    )


class Failure(Output):
    """Why there is no report, or no answer."""

    code: str = Field(description="Stable word.")
    message: str = Field(description="What happened.")
    refunded_tokens: int = Field(description="Tokens that came back.")


class Status(Output):
    """Where a run stands."""

    run_id: str = Field(description="The handle asked for.")
    status: str = Field(
        description="pending, running, synthesizing, complete, failed or cancelled."
    )
    reactions_done: int = Field(description="Personas who have reacted.")
    reactions_total: int = Field(description="Personas asked.")
    done: bool = Field(description="Whether nothing more will change.")
    failure: Failure | None = Field(default=None, description="Set when failed.")
    poll_after_s: int | None = Field(
        default=None, description="Seconds to wait before asking again."
    )


def run(call: Call, given: StatusInput) -> Status:
    """The state of this moment."""
    return of(call, given.run_id)


def of(call: Call, handle: str) -> Status:
    """One status for a run, or for a comparison and all its variants together."""
    runs = find.runs_of(call.session, call.caller, handle)
    status = states.together([row.status for row in runs])
    compare_id = handle if handle.startswith("cmp_") else runs[0].comparison_id
    if compare_id is not None:
        comparison = find.comparison(call.session, call.caller, compare_id)
        if handle == compare_id or comparison.status not in OVER:
            status = states.of_comparison(comparison, status)
    done = status in OVER
    return Status(
        run_id=handle,
        status=status,
        reactions_done=sum(row.personas_done for row in runs),
        reactions_total=sum(row.persona_count for row in runs),
        done=done,
        failure=_failure(runs) if status == "failed" else None,
        poll_after_s=None if done else POLL_AFTER_S,
    )


def _failure(runs: Sequence[Run]) -> Failure:
    first = next(row for row in runs if row.status == "failed")
    return Failure(
        code=first.failure_code or "engine_unavailable",
        message=first.failure_message or "The run failed.",
        refunded_tokens=sum(row.refunded_tokens for row in runs),
    )


def progress(answer: Any) -> tuple[int, int, str]:
    """How far, of how much, in a word."""
    return answer.reactions_done, answer.reactions_total, answer.status


def _settled(first: Status, latest: Status) -> bool:
    return latest.done or (first.status, first.reactions_done) != (
        latest.status,
        latest.reactions_done,
    )


TOOL = Tool(
    name="polis_status",
    title="Follow a test",
    description=(
        "Say how far a run (or comparison) is. Free. With wait_s the answer comes as soon as "
        "something changes. When done is true and status is complete, read polis_report."
    ),
    input=StatusInput,
    output=Status,
    run=run,
    hints=Hints(read_only=True, idempotent=True),
    scope=READ,
    waiting=Waiting(
        seconds=lambda given, answer: 0 if answer.done else given.wait_s,
        again=lambda call, given, _first: run(call, given),
        settled=_settled,
        progress=progress,
    ),
)
