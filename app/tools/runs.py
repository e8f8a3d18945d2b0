"""polis_runs: what was tested before."""

from typing import Any, Literal

from pydantic import Field

from app.domain.callers import READ
from app.domain.runs import find
from app.kit import clock, ids
from app.tools.base import Call, Hints, Input, Output, Problems, Tool


class RunsInput(Input):
    """Which page of the list."""

    cursor: str | None = Field(
        default=None, max_length=100, description="next_cursor of the page before."
    )
    status: (
        Literal["pending", "running", "synthesizing", "complete", "failed", "cancelled"] | None
    ) = Field(default=None, description="Only runs in this state.")
    limit: int = Field(default=20, ge=1, le=50, description="Runs on a page.")

    @classmethod
    def together(cls, given: dict[str, Any]) -> Problems:
        cursor = given.get("cursor")
        if isinstance(cursor, str) and not ids.is_id("run", cursor):
            return [("cursor", "is not one of ours; leave it out to start again")]
        return []


class ListedRun(Output):
    """One run in the list."""

    run_id: str = Field(description="Handle of the run.")
    label: str | None = Field(default=None, description="The name it was given.")
    content_type: str = Field(description="What was tested.")
    status: str = Field(description="Where it stands.")
    tokens: int = Field(description="What it cost, refunds taken off.")
    created_at: str = Field(description="When it was started, ISO 8601.")
    text_deleted_at: str | None = Field(
        default=None, description="Since when its text and reactions are deleted, ISO 8601."
    )


class Runs(Output):
    """A page of runs, newest first."""

    runs: list[ListedRun] = Field(description="The runs.")
    next_cursor: str | None = Field(default=None, description="Give it back for the next page.")


def run(call: Call, given: RunsInput) -> Runs:
    """Runs of this organization and book."""
    rows = find.page(
        call.session, call.caller, before=given.cursor, status=given.status, limit=given.limit
    )
    shown = rows[: given.limit]
    return Runs(
        runs=[
            ListedRun(
                run_id=row.id,
                label=row.label,
                content_type=row.content_type,
                status=status,
                tokens=row.tokens - row.refunded_tokens,
                created_at=clock.iso(row.created_at),
                text_deleted_at=clock.iso(row.text_deleted_at) if row.text_deleted_at else None,
            )
            for row, status in shown
        ],
        next_cursor=shown[-1].run.id if len(rows) > given.limit else None,
    )


TOOL = Tool(
    name="polis_runs",
    title="List tests",
    description="List earlier runs, newest first, with their state and price. Free.",
    input=RunsInput,
    output=Runs,
    run=run,
    hints=Hints(read_only=True, idempotent=True),
    scope=READ,
)
