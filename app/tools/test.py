"""polis_test: put a content before a panel."""

from pydantic import Field

from app.domain import idempotency, pages, plans
from app.domain.callers import FULL
from app.domain.idempotency import Answer
from app.domain.runs import find, start
from app.tools.base import LONGEST_WAIT, POLL_AFTER_S, Call, Hints, Output, Tool
from app.tools.content import TestInput


class Test(Output):
    """A started test."""

    run_id: str = Field(
        description="Handle for polis_status, polis_report, polis_ask, polis_cancel."
    )
    status: str = Field(description="pending; polis_status follows it.")
    tokens_charged: int = Field(
        description="The price, held now; what is not delivered comes back."
    )
    poll_after_s: int | None = Field(
        default=None, description="Seconds to wait before asking polis_status."
    )
    dashboard_url: str = Field(description="The run's page for a signed-in person.")


def run(call: Call, given: TestInput) -> Test:
    """Hold the price and write the batches down; workers take it from there."""
    answer = idempotency.once(
        call.session,
        call.caller,
        "polis_test",
        given.idempotency_key,
        given.model_dump(exclude_none=True),
        lambda: _start(call, given),
        call.now,
    )
    return Test(
        run_id=answer["run_id"],
        status="pending",
        tokens_charged=answer["tokens"],
        poll_after_s=POLL_AFTER_S,
        dashboard_url=call.links.run(answer["run_id"]),
    )


def followed(call: Call, run_id: str) -> Test:
    """The same answer with the status of now: what a finished task gives."""
    row = find.run(call.session, call.caller, run_id)
    return Test(
        run_id=row.id,
        status=row.status,
        tokens_charged=row.tokens - row.refunded_tokens,
        dashboard_url=call.links.run(row.id),
    )


def _start(call: Call, given: TestInput) -> Answer:
    call.require()
    begun = start.start(
        call.session,
        call.caller,
        given.order(),
        call.panelist,
        now=call.now,
        request_id=call.request_id,
    )
    return {"run_id": begun.id, "tokens": begun.tokens}


TOOL = Tool(
    name="polis_test",
    title="Test a text",
    description=(
        f"Put a {pages.KINDS} before a panel of {plans.MIN_PERSONAS} to {plans.MAX_PERSONAS} "
        "synthetic people before it is published. Charged up front by persona and detail (100 "
        f"standard personas: {plans.tokens_for(100, 'standard')} tokens); what is not delivered "
        "comes back by itself. Answers at once with run_id: poll polis_status (wait_s up to "
        f"{LONGEST_WAIT}), then read polis_report."
    ),
    input=TestInput,
    output=Test,
    run=run,
    hints=Hints(read_only=False, open_world=True),
    scope=FULL,
    beforehand=lambda ahead, given: ahead.refusal(
        "polis_test", given.idempotency_key, [given.order()]
    ),
    becomes_task=lambda _given, answer: answer.run_id,
)
