"""Follow-up questions: who is asked, what it costs, one turn of a thread at a time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import outbox
from app.domain import ledger, plans, wallets
from app.domain.callers import Caller
from app.domain.panel.shapes import Json
from app.domain.runs import find, read
from app.domain.runs.turns import cause_of
from app.domain.tariff import panelist as panelists
from app.domain.tariff.panelist import MODEL, Panelist
from app.errors import Conflict, InvalidInput, Kind, PolisError
from app.kit import ids
from app.models.runs import Run, StoredReaction
from app.models.threads import Thread, Turn

MAX_TURNS = 20


class NotReady(PolisError):
    """The run has no report yet, so nobody can be asked about it."""

    kind = Kind.CONFLICT
    code = "not_ready"


_NOBODY = Panelist("embedded", "1")  # where no model played, none is asked


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and of whom."""

    run_id: str
    target: str  # persona | archetype | segment | panel
    name: str | None  # the persona's id, the archetype's or the segment's name
    text: str
    thread_id: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A turn that was written down."""

    thread_id: str
    turn: int
    tokens: int


def ask(
    session: Session,
    caller: Caller,
    question: Question,
    *,
    now: datetime,
    request_id: str,
    panelist: Panelist = _NOBODY,
) -> Asked:
    """Open or continue a thread, or refuse and leave nothing behind."""
    run = _complete(session, caller, question.run_id)
    thread = _thread(session, caller, run, question, now)
    number = _next_turn(session, thread)
    if run.engine == MODEL:
        panelists.check_question(session, panelist, caller, len(thread.seats), now)
    tokens = plans.ASK_TOKENS * len(thread.seats)
    cause = cause_of(thread.id, number)
    ledger.hold(
        session, caller.wallet, tokens, cause=cause, limits=[caller.spend_limit(now)], now=now
    )
    session.add(
        Turn(
            thread_id=thread.id,
            number=number,
            question=question.text,
            status="pending",
            tokens=tokens,
            answers_total=len(thread.seats),
            mode=caller.mode,
            asked_at=now,
        )
    )
    session.flush()
    payload = {"thread_id": thread.id, "turn": number}
    low = wallets.can_wait(caller.book)
    outbox.record(
        session, "answer_turn", payload, key=cause, now=now, request_id=request_id, low=low
    )
    return Asked(thread.id, number, tokens)


def segments_of(run: Run) -> dict[str, list[int]]:
    """The seats counted in each segment, by its name."""
    return run.synthesis["members"] if run.synthesis else {}


def _complete(session: Session, caller: Caller, run_id: str) -> Run:
    run = find.run(session, caller, run_id)
    if read.is_ready(session, run):
        return run
    if run.status in ("failed", "cancelled"):
        raise NotReady(_UNREADY.format(run.status), hint="Start another one.")
    what = _VARIANT if run.status == "complete" else _UNREADY.format(run.status)
    raise NotReady(what, hint="Wait until polis_status, or its page, says that it is complete.")


def _thread(
    session: Session, caller: Caller, run: Run, question: Question, now: datetime
) -> Thread:
    if question.thread_id is not None:
        return _continued(session, caller, run, question)
    thread = Thread(
        id=ids.new("thr"),
        organization_id=caller.organization_id,
        book=caller.book,
        run_id=run.id,
        target=question.target,
        target_name=question.name,
        seats=_seats(session, run, question),
        created_at=now,
    )
    session.add(thread)
    session.flush()
    return thread


def _continued(session: Session, caller: Caller, run: Run, question: Question) -> Thread:
    thread = find.thread(session, caller, question.thread_id or "")
    if (thread.run_id, thread.target, thread.target_name) != (
        run.id,
        question.target,
        question.name,
    ):
        raise Conflict(
            "This thread belongs to another run or target.",
            hint="Leave thread_id out to open a new thread.",
        )
    # Whoever asks this thread queues up here; its answers, which only name it, need not.
    session.refresh(thread, with_for_update={"key_share": True})
    return thread


def _next_turn(session: Session, thread: Thread) -> int:
    last = session.scalar(
        select(Turn).where(Turn.thread_id == thread.id).order_by(Turn.number.desc()).limit(1)
    )
    if last is None:
        return 1
    if last.status == "pending":
        raise NotReady(
            "The last question of this thread is still being answered.",
            hint="Poll polis_thread, then ask the next one.",
        )
    if last.number >= MAX_TURNS:
        raise Conflict(f"A thread has at most {MAX_TURNS} questions.", hint="Open a new thread.")
    return last.number + 1


def _seats(session: Session, run: Run, question: Question) -> list[int]:
    """The seats a target means; a segment or archetype answers by a sample of its first ten."""
    if question.target == "panel":
        return [seat for seat, _ in _people(session, run)]
    if question.target == "segment":
        found = segments_of(run).get(question.name or "", [])
        known = list(segments_of(run))
    else:
        key = "id" if question.target == "persona" else "archetype"
        people = _people(session, run)
        found = [seat for seat, persona in people if persona[key] == question.name]
        known = sorted({persona[key] for _, persona in people})[:12]
    if not found:
        raise InvalidInput(
            f"This run has no {question.target} called “{question.name}”.",
            hint=f"Choose one of: {', '.join(known)}.",
            field=_FIELDS[question.target],
        )
    return found[: plans.SAMPLE_ASKED]


def _people(session: Session, run: Run) -> list[tuple[int, Json]]:
    rows = session.execute(
        select(StoredReaction.seat, StoredReaction.persona)
        .where(StoredReaction.run_id == run.id)
        .order_by(StoredReaction.seat)
    )
    return [(seat, persona) for seat, persona in rows]


_UNREADY = "This run is {}; only a complete one can be asked."
_VARIANT = "The comparison this run is part of is not complete yet."
_FIELDS = {"persona": "persona_id", "archetype": "archetype", "segment": "segment"}
