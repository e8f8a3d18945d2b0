"""polis_thread: a conversation with the panel, read back."""

from collections.abc import Sequence
from itertools import accumulate

from pydantic import Field

from app.domain.callers import READ
from app.domain.panel.shapes import Json
from app.domain.runs import find, pausing, turns
from app.domain.runs.ask import MAX_TURNS, segments_of
from app.kit import clock
from app.models.runs import Run
from app.models.threads import StoredAnswer, Turn
from app.tools import fitting
from app.tools.base import LONGEST_WAIT, POLL_AFTER_S, Call, Hints, Input, Output, Tool, Waiting
from app.tools.status import Failure

MOST_ANSWERS = 100
LARGEST_WORDS = fitting.LARGEST_ANSWER // 2  # of questions and summaries; answers have the rest


class ThreadInput(Input):
    """Which thread, and how long to wait for its answers."""

    thread_id: str = Field(max_length=100, description="A thread_id of polis_ask.")
    wait_s: int = Field(
        default=0, ge=0, le=LONGEST_WAIT, description="Wait up to so many seconds for answers."
    )


class AnswerOut(Output):
    """One persona's answer."""

    persona_id: str = Field(description="Who, e.g. p17.")
    name: str = Field(description="Their name.")
    archetype: str = Field(description="Their archetype.")
    segment: str = Field(description="The segment they were counted in.")
    answer: str = Field(description="What they said.")
    grounded: bool = Field(description="False where nothing they know bears on the question.")


class TurnOut(Output):
    """One question of the thread."""

    question: str = Field(description="What was asked.")
    asked_at: str = Field(description="When, ISO 8601.")
    status: str = Field(description="pending, complete, failed or cancelled.")
    answers_done: int = Field(description="Answers that are there.")
    answers_total: int = Field(description="Personas asked.")
    answers: list[AnswerOut] = Field(
        description="The answers, at most 100 and as many as fit; summary speaks for all."
    )
    summary: str | None = Field(default=None, description="What the answers have in common.")
    failure: Failure | None = Field(default=None, description="Set when failed.")


class ThreadOut(Output):
    """The conversation so far."""

    thread_id: str = Field(description="The thread.")
    run_id: str = Field(description="The run it is about.")
    target: str = Field(description="persona, archetype, segment or panel.")
    status: str = Field(description="State of its last question.")
    turns: list[TurnOut] = Field(description=f"Questions in order, at most {MAX_TURNS}.")
    poll_after_s: int | None = Field(default=None, description="Seconds to wait before polling.")


def run(call: Call, given: ThreadInput) -> ThreadOut:
    """Every turn; as many answers as fit, the newest question's first."""
    thread = find.thread(call.session, call.caller, given.thread_id)
    rows = turns.turns_of(call.session, thread)
    stored = turns.answers_of(call.session, thread, MOST_ANSWERS)
    segments = _segment_by_seat(call.session.get_one(Run, thread.run_id))
    shown = _bare(rows)
    room = fitting.LARGEST_ANSWER - sum(map(_size, shown))
    for row, turn in zip(reversed(rows), reversed(shown), strict=True):
        turn.answers = fitted(_answers(segments, stored.get(row.number, [])), room)
        room -= sum(map(_size, turn.answers))
    pending = rows[-1].status == "pending"
    return ThreadOut(
        thread_id=thread.id,
        run_id=thread.run_id,
        target=thread.target,
        status=rows[-1].status,
        turns=shown,
        poll_after_s=POLL_AFTER_S if pending else None,
    )


def turn(call: Call, thread_id: str, number: int) -> tuple[Turn, list[AnswerOut]]:
    """One turn and its answers."""
    thread = find.thread(call.session, call.caller, thread_id)
    row = call.session.get_one(Turn, (thread.id, number))
    stored = turns.answers_of(call.session, thread, MOST_ANSWERS, number)
    segments = _segment_by_seat(call.session.get_one(Run, thread.run_id))
    return row, _answers(segments, stored.get(number, []))


def last_turn(call: Call, thread_id: str) -> Turn:
    """The newest question of a thread."""
    thread = find.thread(call.session, call.caller, thread_id)
    return turns.turns_of(call.session, thread)[-1]


def _answers(
    segments: dict[int, str], stored: Sequence[tuple[Json, StoredAnswer]]
) -> list[AnswerOut]:
    return [
        AnswerOut(
            persona_id=persona["id"],
            name=persona["name"],
            archetype=persona["archetype"],
            segment=segments.get(one.seat, ""),
            answer=one.answer,
            grounded=one.grounded,
        )
        for persona, one in stored
    ]


def fitted(answers: list[AnswerOut], room: int) -> list[AnswerOut]:
    """The first answers that fit into so many characters on the wire."""
    sizes = accumulate(map(_size, answers))
    return [answer for answer, reached in zip(answers, sizes, strict=True) if reached <= room]


def _size(part: Output) -> int:
    return fitting.size(part.as_text()) + 2


def _segment_by_seat(run: Run) -> dict[int, str]:
    return {seat: name for name, seats in segments_of(run).items() for seat in seats}


def _bare(rows: Sequence[Turn]) -> list[TurnOut]:
    """Every turn without answers, in whole words unless all of them together are too long."""
    whole = [_turn_out(row, row.question, row.summary) for row in rows]
    if sum(map(_size, whole)) <= LARGEST_WORDS:
        return whole
    each = LARGEST_WORDS // (2 * len(rows))
    return [
        _turn_out(
            row,
            fitting.beginning(row.question, each),
            row.summary and fitting.beginning(row.summary, each),
        )
        for row in rows
    ]


def _turn_out(row: Turn, question: str, summary: str | None) -> TurnOut:
    return TurnOut(
        question=question,
        asked_at=clock.iso(row.asked_at),
        status=row.status,
        answers_done=row.answers_done,
        answers_total=row.answers_total,
        answers=[],
        summary=summary,
        failure=failure_of(row),
    )


def failure_of(row: Turn) -> Failure | None:
    """Why a question has no answers, where it failed."""
    if row.status != "failed":
        return None
    return Failure(
        code=row.failure_code or pausing.ENGINE,
        message=row.failure_message or "The panel could not be asked.",
        refunded_tokens=row.refunded_tokens,
    )


def _progress(answer: ThreadOut) -> tuple[int, int, str]:
    last = answer.turns[-1]
    return last.answers_done, last.answers_total, last.status


TOOL = Tool(
    name="polis_thread",
    title="Read a conversation",
    description=(
        "Read a thread opened by polis_ask: every question, who answered what, and a summary. "
        "Free. With wait_s the answer comes as soon as the pending question is answered."
    ),
    input=ThreadInput,
    output=ThreadOut,
    run=run,
    hints=Hints(read_only=True, idempotent=True),
    scope=READ,
    waiting=Waiting(
        seconds=lambda given, answer: given.wait_s if answer.status == "pending" else 0,
        again=lambda call, given, _first: run(call, given),
        settled=lambda _first, latest: latest.status != "pending",
        progress=_progress,
    ),
)
