import pytest
from sqlalchemy import func, select

from app.domain import wallets
from app.domain.runs import ask, turns
from app.domain.runs.ask import NotReady, Question
from app.domain.unpaid import NotEnoughTokens
from app.errors import Conflict, InvalidInput, NotFound
from app.kit import clock
from app.models.billing import LedgerEntry
from app.models.threads import StoredAnswer, Thread, Turn
from tests.engines import Hooked, fail
from tests.factories import caller, member
from tests.fakes import PlainEngine, work_off
from tests.rounds import rounds
from tests.starting import begin, order, put
from tests.together import codes, together
from tests.working import deliver, wear_out, with_engine

SEATS = 30
LEFT = 1_000 - SEATS


@pytest.fixture
def works(services):
    return with_engine(services, PlainEngine())


@pytest.fixture
def who(services):
    return caller(services, member(services, tokens=1_000))


@pytest.fixture
def run(works, who):
    """The handle of a complete run of thirty seats."""
    begun = begin(works, who, order(SEATS))
    work_off(works)
    return begun.id


def panel(run, thread=None, text="Why?"):
    return Question(run, "panel", None, text, thread)


def standing(works, who):
    with works.database.reading() as session:
        now = wallets.standing(session, who.wallet, clock.now())
    return now.packs, now.held


def cancel(works, who, thread_id):
    with works.transaction() as session:
        return turns.cancel(session, who, thread_id, clock.now())


def turn_of(works, asked):
    with works.database.reading() as session:
        return session.get_one(Turn, (asked.thread_id, asked.turn))


@pytest.mark.parametrize(
    ("target", "name", "asked"),
    [
        ("persona", "p7", 1),
        ("archetype", "reader", 10),
        ("segment", "Leaned in", 10),
        ("panel", None, 30),
    ],
)
def test_each_persona_asked_costs_a_token_and_a_group_answers_by_ten(
    works, who, run, target, name, asked
):
    made = put(works, who, Question(run, target, name, "Why?"))
    assert (made.turn, made.tokens) == (1, asked)
    assert standing(works, who) == (LEFT - asked, asked)
    work_off(works)
    turn = turn_of(works, made)
    assert (turn.status, turn.answers_done, turn.summary) == (
        "complete", asked, f"{asked} answered."
    )  # fmt: skip
    assert standing(works, who) == (LEFT - asked, 0)


def test_the_answers_are_of_the_seats_that_were_asked(works, who, run):
    made = put(works, who, Question(run, "persona", "p7", "Why?"))
    work_off(works)
    with works.database.reading() as session:
        thread = session.get_one(Thread, made.thread_id)
        [(persona, answer)] = turns.answers_of(session, thread, 10)[1]
    assert (persona["id"], answer.seat, answer.answer) == ("p7", 7, "Why? Well.")


@pytest.mark.parametrize(
    ("target", "name", "field"),
    [
        ("persona", "p99", "persona_id"),
        ("archetype", "nobody", "archetype"),
        ("segment", "Nobody", "segment"),
        ("segment", "Held back", "segment"),  # a segment nobody is in
    ],
)
def test_a_target_this_run_does_not_have_is_refused_with_what_it_has(
    works, who, run, target, name, field
):
    with pytest.raises(InvalidInput) as refused:
        put(works, who, Question(run, target, name, "Why?"))
    assert refused.value.details == {"field": field}
    assert refused.value.hint.startswith("Choose one of: ")


def test_a_run_without_its_report_cannot_be_asked(works, who):
    begun = begin(works, who, order(SEATS))
    with pytest.raises(NotReady, match="pending"):
        put(works, who, panel(begun.id))
    deliver(works, "react_batch")
    with pytest.raises(NotReady, match="synthesizing"):
        put(works, who, panel(begun.id))
    assert standing(works, who) == (LEFT, SEATS)


def test_the_next_question_waits_for_the_last_answer(works, who, run):
    first = put(works, who, panel(run))
    with pytest.raises(NotReady, match="still being answered"):
        put(works, who, panel(run, first.thread_id))
    work_off(works)
    second = put(works, who, panel(run, first.thread_id))
    assert (second.thread_id, second.turn) == (first.thread_id, 2)


def test_a_thread_has_twenty_questions(works, who, run):
    question = Question(run, "persona", "p1", "Why?")
    made = put(works, who, question)
    for number in range(2, ask.MAX_TURNS + 1):
        work_off(works)
        again = Question(run, "persona", "p1", f"Why {number}?", made.thread_id)
        assert put(works, who, again).turn == number
    work_off(works)
    with pytest.raises(Conflict, match="at most 20"):
        put(works, who, again)
    assert standing(works, who) == (LEFT - 20, 0)


def test_each_turn_knows_the_questions_before_it(services, who):
    heard = []
    hook = Hooked(ask=lambda _r, question, history: heard.append((question, list(history))))
    works = with_engine(services, hook)
    begun = begin(works, who, order(SEATS))
    work_off(works)
    thread = None
    for text in ("One?", "Two?", "Three?"):
        thread = put(works, who, panel(begun.id, thread, text)).thread_id
        work_off(works)
    assert heard == [("One?", []), ("Two?", ["One?"]), ("Three?", ["One?", "Two?"])]


def test_a_thread_stays_with_its_run_and_target(works, who, run):
    other = begin(works, who, order(SEATS)).id
    work_off(works)
    made = put(works, who, panel(run))
    work_off(works)
    for question in (
        panel(other, made.thread_id),
        Question(run, "persona", "p1", "Why?", made.thread_id),
    ):
        with pytest.raises(Conflict, match="another run or target"):
            put(works, who, question)


def test_a_question_nobody_can_pay_leaves_no_thread(works, run, who):
    begin(works, who, order(LEFT - 5))
    with pytest.raises(NotEnoughTokens):
        put(works, who, panel(run))
    with works.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Thread)) == 0


def test_cancelling_a_question_gives_it_all_back_and_its_late_answers_are_dropped(services, who):
    begun = begin(services, who, order(SEATS))
    work_off(with_engine(services, PlainEngine()))
    made = put(services, who, panel(begun.id))
    stop = Hooked(ask=lambda *_: cancel(services, who, made.thread_id))
    work_off(with_engine(services, stop))
    assert turn_of(services, made).status == "cancelled"
    assert standing(services, who) == (LEFT, 0)
    with services.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(StoredAnswer)) == 0


def test_cancelling_again_or_too_late_says_how_it_ended(works, who, run):
    made = put(works, who, panel(run))
    assert [cancel(works, who, made.thread_id) for _ in range(2)] == [("cancelled", 30)] * 2
    again = put(works, who, panel(run, made.thread_id))
    work_off(works)
    assert cancel(works, who, again.thread_id) == ("complete", 0)


def test_a_question_whose_engine_stays_away_is_refunded(services, works, who, run):
    made = put(works, who, panel(run))
    wear_out(with_engine(services, Hooked(ask=fail)))
    turn = turn_of(works, made)
    assert (turn.status, turn.refunded_tokens, turn.answers_done) == ("failed", 30, 0)
    assert standing(works, who) == (LEFT, 0)
    assert put(works, who, panel(run, made.thread_id)).turn == 2


def test_of_questions_put_to_one_thread_at_once_one_is_asked(works, who, run):
    made = put(works, who, Question(run, "persona", "p1", "Why?"))
    for number in range(rounds(10)):
        work_off(works)
        again = Question(run, "persona", "p1", f"{number}?", made.thread_id)
        outcomes = together(8, lambda _n, again=again: put(works, who, again))
        assert codes(outcomes) == {"ok": 1, "not_ready": 7}
    with works.database.reading() as session:
        holds = select(func.count()).where(LedgerEntry.cause.like("turn:%"))
        assert session.scalar(holds.where(LedgerEntry.kind == "hold")) == rounds(10) + 1


def test_nobody_elses_thread_can_be_continued_or_cancelled(works, who, run):
    made = put(works, who, panel(run))
    stranger = caller(works, member(works, tokens=1_000))
    theirs = begin(works, stranger, order(SEATS)).id
    work_off(works)
    for act in (
        lambda: put(works, stranger, panel(run)),
        lambda: put(works, stranger, panel(theirs, made.thread_id)),
        lambda: cancel(works, stranger, made.thread_id),
    ):
        with pytest.raises(NotFound):
            act()
