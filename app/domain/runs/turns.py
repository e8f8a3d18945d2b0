"""One question and its answers: worked off, kept, charged, read back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain import ledger, plans
from app.domain.callers import Caller
from app.domain.panel.shapes import TALK, Answer, Json, PanelRequest, Reaction
from app.domain.runs import find
from app.domain.runs.progress import request_of
from app.domain.tariff.account import Account
from app.domain.tariff.panelist import MODEL
from app.domain.wallets import Wallet
from app.kit.plain import plain
from app.models.runs import Run, StoredReaction
from app.models.threads import StoredAnswer, Thread, Turn


@dataclass(frozen=True, slots=True)
class TurnWork:
    """What the worker needs to answer a turn."""

    request: PanelRequest
    reactions: list[Reaction]
    question: str
    history: list[str]
    engine: str
    account: Account


def turn_work(session: Session, thread_id: str, number: int) -> TurnWork | None:
    """What is to be answered, or None where it is answered or over."""
    turn = session.get(Turn, (thread_id, number))
    if turn is None or turn.status != "pending":
        return None
    thread = session.get_one(Thread, thread_id)
    earlier = select(Turn.question).where(Turn.thread_id == thread_id, Turn.number < number)
    run = session.get_one(Run, thread.run_id)
    reactions = _reactions(session, thread)
    return TurnWork(
        request_of(session, run),
        with_talk(session, thread, reactions) if run.engine == MODEL else reactions,
        plain(turn.question),
        list(session.scalars(earlier.order_by(Turn.number))),
        run.engine,
        Account(run.organization_id, thread_id),
    )


def wanted(session: Session, thread_id: str) -> bool:
    """Whether anybody still waits for an answer in a thread."""
    waiting = select(Turn.number).where(Turn.thread_id == thread_id, Turn.status == "pending")
    return session.scalar(waiting.limit(1)) is not None


def record_answers(
    session: Session,
    thread_id: str,
    number: int,
    answers: Sequence[Answer],
    summary: str,
    now: datetime,
) -> None:
    """Keep a turn's answers and charge them."""
    turn = _open_turn(session, thread_id, number)
    if turn is None:
        return
    for answer in answers:
        session.add(
            StoredAnswer(
                thread_id=thread_id,
                turn=number,
                seat=answer.number,
                answer=answer.text,
                grounded=answer.grounded,
            )
        )
    turn.answers_done, turn.summary = len(answers), summary
    _end(session, turn, "complete", now)


def fail_turn(
    session: Session, thread_id: str, number: int, code: str, message: str, now: datetime
) -> None:
    """End a turn without answers; everything is refunded, and why is kept."""
    turn = _open_turn(session, thread_id, number)
    if turn is not None:
        turn.failure_code, turn.failure_message = code, message
        _end(session, turn, "failed", now)


def cancel(session: Session, caller: Caller, thread_id: str, now: datetime) -> tuple[str, int]:
    """Stop the open turn of a thread; gives its status and the tokens that came back."""
    thread = find.thread(session, caller, thread_id)
    number = session.scalar(select(func.max(Turn.number)).where(Turn.thread_id == thread.id))
    turn = session.get_one(Turn, (thread.id, number), with_for_update=True, populate_existing=True)
    if turn.status == "pending":
        _end(session, turn, "cancelled", now)
    return turn.status, turn.refunded_tokens


def turns_of(session: Session, thread: Thread) -> Sequence[Turn]:
    """Every turn of a thread in order."""
    statement = select(Turn).where(Turn.thread_id == thread.id).order_by(Turn.number)
    return session.scalars(statement).all()


def answers_of(
    session: Session, thread: Thread, limit: int, number: int | None = None
) -> dict[int, list[tuple[Json, StoredAnswer]]]:
    """The first answers of a thread's turns, or of one, each with the persona who gave it."""
    asked = StoredAnswer.thread_id == thread.id
    if number is not None:
        asked &= StoredAnswer.turn == number
    rows = session.execute(
        select(StoredAnswer, StoredReaction.persona)
        .join(
            StoredReaction,
            (StoredReaction.run_id == thread.run_id) & (StoredReaction.seat == StoredAnswer.seat),
        )
        .where(asked, StoredAnswer.seat.in_(sorted(thread.seats)[:limit]))
        .order_by(StoredAnswer.turn, StoredAnswer.seat)
    )
    found: dict[int, list[tuple[Json, StoredAnswer]]] = {}
    for answer, persona in rows:
        found.setdefault(answer.turn, []).append((persona, answer))
    return found


def with_talk(session: Session, thread: Thread, reactions: Sequence[Reaction]) -> list[Reaction]:
    """The reactions with what each of these people was asked before in this thread, and said."""
    rows = session.execute(
        select(StoredAnswer.seat, Turn.question, StoredAnswer.answer)
        .join(Turn, (Turn.thread_id == StoredAnswer.thread_id) & (Turn.number == StoredAnswer.turn))
        .where(StoredAnswer.thread_id == thread.id)
        .order_by(StoredAnswer.turn)
    )
    talks: dict[int, list[list[str]]] = {}
    for seat, question, answer in rows:
        talks.setdefault(seat, []).append([plain(question), answer])
    return [replace(one, state={**one.state, TALK: talks.get(one.number, [])}) for one in reactions]


def cause_of(thread_id: str, number: int) -> str:
    """The ledger's name for a turn."""
    return f"turn:{thread_id}:{number}"


def _reactions(session: Session, thread: Thread) -> list[Reaction]:
    rows = session.execute(
        select(
            StoredReaction.seat, StoredReaction.persona, StoredReaction.body, StoredReaction.state
        )
        .where(StoredReaction.run_id == thread.run_id, StoredReaction.seat.in_(thread.seats))
        .order_by(StoredReaction.seat)
    )
    return [Reaction(*row) for row in rows]


def _open_turn(session: Session, thread_id: str, number: int) -> Turn | None:
    turn = session.get(Turn, (thread_id, number), with_for_update=True, populate_existing=True)
    return turn if turn is not None and turn.status == "pending" else None


def _end(session: Session, turn: Turn, status: str, now: datetime) -> None:
    thread = session.get_one(Thread, turn.thread_id)
    turn.status, turn.completed_at = status, now
    session.flush()
    turn.refunded_tokens = ledger.settle(
        session,
        Wallet(thread.organization_id, thread.book, turn.mode),
        cause=cause_of(turn.thread_id, turn.number),
        delivered=turn.answers_done * plans.ASK_TOKENS,
        now=now,
    )
