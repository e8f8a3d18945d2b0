"""polis_ask: a follow-up question to one persona, an archetype, a segment or the whole panel."""

from typing import Any, Literal

from pydantic import Field

from app.domain import idempotency, plans
from app.domain.callers import FULL
from app.domain.idempotency import Answer
from app.domain.runs import ask as asking
from app.domain.runs.ask import Question
from app.tools import fitting, thread
from app.tools.base import POLL_AFTER_S, Call, Hints, Input, Output, Problems, Tool, Waiting
from app.tools.content import blank, missing
from app.tools.status import Failure
from app.tools.thread import AnswerOut

LONGEST_QUESTION = 2_000
ANSWERED_WITHIN_S = 10  # few personas are answered in the call itself


class AskInput(Input):
    """Whom to ask, and what."""

    run_id: str = Field(max_length=100, description="A complete run.")
    target: Literal["persona", "archetype", "segment", "panel"] = Field(
        description="Who answers: one persona, up to 10 of an archetype or segment, or everyone."
    )
    persona_id: str | None = Field(
        default=None, max_length=20, description="For target persona, e.g. p17."
    )
    archetype: str | None = Field(
        default=None, max_length=120, description="For target archetype: its name in the report."
    )
    segment: str | None = Field(
        default=None, max_length=120, description="For target segment: its name in the report."
    )
    question: str = Field(
        min_length=1, max_length=LONGEST_QUESTION, description="What to ask, in your words."
    )
    thread_id: str | None = Field(
        default=None, max_length=100, description="Continue this thread; left out: a new one."
    )
    idempotency_key: str | None = Field(
        default=None, min_length=1, max_length=255, description="Repeat a call safely."
    )

    @classmethod
    def together(cls, given: dict[str, Any]) -> Problems:
        problems = blank(given, "idempotency_key")
        if "question" in given and missing(given["question"]):
            problems.append(("question", "is required, and blank text counts as missing"))
        return problems + _target_problems(given)

    @property
    def name(self) -> str | None:
        """The name that goes with the target."""
        return self.persona_id or self.archetype or self.segment


class Asked(Output):
    """The answers, or where to poll for them."""

    thread_id: str = Field(description="Handle for polis_thread and for the next question.")
    turn: int = Field(description="Which question of the thread this is, from 1.")
    status: str = Field(description="complete, failed, cancelled; or pending: poll polis_thread.")
    tokens_charged: int = Field(description=f"{plans.ASK_TOKENS} for each persona asked.")
    answers: list[AnswerOut] = Field(
        description="Who answered what, as many as fit; empty while pending."
    )
    summary: str | None = Field(default=None, description="What the answers have in common.")
    failure: Failure | None = Field(default=None, description="Set when failed.")
    poll_after_s: int | None = Field(default=None, description="Seconds to wait before polling.")


def run(call: Call, given: AskInput) -> Asked:
    """Write the question down; the answers are made by a worker."""
    answer = idempotency.once(
        call.session,
        call.caller,
        "polis_ask",
        given.idempotency_key,
        given.model_dump(exclude_none=True),
        lambda: _ask(call, given),
        call.now,
    )
    return _read(call, answer["thread_id"], answer["turn"], answer["tokens"])


def followed(call: Call, thread_id: str) -> Asked:
    """A thread's last question and its answers: what a finished task gives."""
    turn = thread.last_turn(call, thread_id)
    return _read(call, thread_id, turn.number, turn.tokens - turn.refunded_tokens)


def _ask(call: Call, given: AskInput) -> Answer:
    question = Question(given.run_id, given.target, given.name, given.question, given.thread_id)
    asked = asking.ask(
        call.session,
        call.caller,
        question,
        now=call.now,
        request_id=call.request_id,
        panelist=call.panelist,
    )
    return {"thread_id": asked.thread_id, "turn": asked.turn, "tokens": asked.tokens}


def _read(call: Call, thread_id: str, number: int, tokens: int) -> Asked:
    turn, answers = thread.turn(call, thread_id, number)
    pending = turn.status == "pending"
    asked = Asked(
        thread_id=thread_id,
        turn=number,
        status=turn.status,
        tokens_charged=tokens,
        answers=[],
        summary=turn.summary and fitting.beginning(turn.summary, thread.LARGEST_WORDS),
        failure=thread.failure_of(turn),
        poll_after_s=POLL_AFTER_S if pending else None,
    )
    room = fitting.LARGEST_ANSWER - fitting.size(asked.as_text())
    asked.answers = thread.fitted(answers, room)
    return asked


def _again(call: Call, _given: AskInput, first: Asked) -> Asked:
    return _read(call, first.thread_id, first.turn, first.tokens_charged)


def _target_problems(given: dict[str, Any]) -> Problems:
    """Exactly the name that belongs to the target."""
    wanted = {"persona": "persona_id"}.get(str(given.get("target")), str(given.get("target")))
    problems: Problems = []
    for name in ("persona_id", "archetype", "segment"):
        if name == wanted and missing(given.get(name)):
            problems.append((name, "is required for this target"))
        elif name != wanted and name in given:
            problems.append((name, "does not belong to this target; leave it out"))
    return problems


TOOL = Tool(
    name="polis_ask",
    title="Ask the panel",
    description=(
        "Ask a follow-up about a complete run: one persona, "
        f"up to {plans.SAMPLE_ASKED} of an archetype or segment, or the whole panel. "
        f"Tokens for each persona asked: {plans.ASK_TOKENS}. Whole-panel questions answer with "
        "status pending: poll polis_thread. Pass thread_id to go on in the same conversation."
    ),
    input=AskInput,
    output=Asked,
    run=run,
    hints=Hints(read_only=False, open_world=True),
    scope=FULL,
    waiting=Waiting(
        seconds=lambda given, answer: (
            0 if given.target == "panel" or answer.status != "pending" else ANSWERED_WITHIN_S
        ),
        again=_again,
        settled=lambda _first, latest: latest.status != "pending",
        progress=lambda answer: (len(answer.answers), answer.tokens_charged, answer.status),
    ),
    becomes_task=lambda given, answer: answer.thread_id if given.target == "panel" else None,
)
