"""Questions to people whom a model plays: stance, thread, ground, and what is given back."""

import threading

import pytest

from app.domain.runs import turns
from app.domain.tariff.away import ModelAway
from app.kit import clock
from app.models.runs import StoredReaction
from app.models.threads import StoredAnswer, Turn
from tests.fake_models.process import fake_models, fake_models_process
from tests.fakes import work_off
from tests.worker.modelled import (
    TEXT,
    begin,
    complete,
    install,
    order,
    packs,
    put,
    rows,
    services,
    who_of,
)
from tests.working import wear_out

__all__ = ["fake_models", "fake_models_process", "install", "services"]


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_a_question_is_answered_by_those_who_reacted(install, provider, fake_models):
    services = install(provider)
    who = who_of(services)
    run = complete(services, who)
    asked = put(services, who, run)
    work_off(services)
    with services.database.reading() as session:
        turn = session.get_one(Turn, (asked.thread_id, 1))
    assert (turn.status, turn.answers_done) == ("complete", 10)
    answers = rows(services, StoredAnswer)
    assert all(answer.grounded for answer in answers)
    assert all("“Frobly writes your”" in answer.answer for answer in answers)
    told = fake_models.calls[-1]
    assert "what they did: " in told["asked"]
    assert (
        told["asked"].index("<<text")
        < told["asked"].index("id: p")
        < told["asked"].index("<<question")
    )


def test_a_question_to_everybody_is_put_and_charged_to_those_who_reacted(services, fake_models):
    who = who_of(services)
    fake_models.control.fault(kind="refusal", person="p3", times=-1)
    run = complete(services, who)
    before = packs(services, who)
    asked = put(services, who, run)
    assert (asked.tokens, packs(services, who)) == (9, before - 9)
    work_off(services)
    with services.database.reading() as session:
        turn = session.get_one(Turn, (asked.thread_id, 1))
    assert (turn.status, turn.answers_done, turn.answers_total) == ("complete", 9, 9)
    assert (turn.refunded_tokens, packs(services, who)) == (0, before - 9)


def test_a_thread_is_told_to_the_one_who_talked(services, fake_models):
    who = who_of(services)
    run = complete(services, who)
    first = put(services, who, run, "persona", "p4", "What about the price?")
    work_off(services)
    put(services, who, run, "persona", "p4", "And why?", first.thread_id)
    work_off(services)
    told = fake_models.calls[-1]["asked"]
    assert (
        "| asked: What about the price?\n| said: It was “Frobly writes your” that did it." in told
    )


def test_an_answer_that_rests_on_nothing_is_not_grounded(services, fake_models):
    who = who_of(services)
    run = complete(services, who)
    fake_models.control.fault(kind="invented", times=2)
    asked = put(services, who, run, "persona", "p4")
    wear_out(services)
    with services.database.reading() as session:
        turn = session.get_one(Turn, (asked.thread_id, 1))
    assert turn.status == "complete"
    [answer] = rows(services, StoredAnswer)
    assert "unicorns" not in answer.answer


def test_a_question_nobody_answers_is_given_back(services, fake_models):
    who = who_of(services)
    run = complete(services, who)
    before = packs(services, who)
    fake_models.control.fault(kind="500", times=-1)
    asked = put(services, who, run, "persona", "p4")
    wear_out(services)
    with services.database.reading() as session:
        turn = session.get_one(Turn, (asked.thread_id, 1))
    assert (turn.status, turn.refunded_tokens) == ("failed", 1)
    assert turn.failure_code == "engine_unavailable"
    assert turn.failure_message
    assert packs(services, who) == before


def test_a_run_of_a_model_that_is_gone_cannot_be_asked(services, install):
    who = who_of(services)
    run = complete(services, who)
    gone = install(engine="embedded")
    with pytest.raises(ModelAway, match="none plays for you"):
        put(gone, who, run)


def test_an_answer_that_cannot_be_read_is_asked_for_once_more(services, fake_models):
    who = who_of(services)
    run = complete(services, who)
    fake_models.control.fault(kind="malformed")
    asked = put(services, who, run, "persona", "p4")
    work_off(services)
    with services.database.reading() as session:
        assert session.get_one(Turn, (asked.thread_id, 1)).status == "complete"
    assert [role for role, _ in fake_models.calls[-1]["turns"]] == ["assistant", "user"]


def test_a_what_if_is_made_and_the_same_person_reacts_again(services, fake_models):
    who = who_of(services)
    run = complete(services, who)
    [before] = [row for row in rows(services, StoredReaction) if row.seat == 4]
    fake_models.control.manners(intent=9, chances={"scroll": 0, "stay": 0, "click": 100, "save": 0})
    put(services, who, run, "persona", "p4", "What if the revolutionary bit were gone?")
    work_off(services)
    [answer] = rows(services, StoredAnswer)
    assert before.state["outcome"]["intent"] == 4
    assert answer.answer.startswith("With it taken out I would ")
    assert "do what it asks for" in answer.answer
    assert "my intent goes from 4 to 9 of 10." in answer.answer
    assert "I am p4 and I weigh it." in answer.answer
    assert answer.grounded
    told = fake_models.calls[-1]["asked"]
    assert "revolutionary" not in told[: told.index("id: p4")]
    assert "what they did: " in told[told.index("id: p4") :]
    assert "<<question" not in told


def test_a_what_if_that_changes_nothing_says_so(services, fake_models):
    who = who_of(services)
    run = complete(services, who)
    put(services, who, run, "panel", None, "What if there were a guarantee?")
    work_off(services)
    answers = rows(services, StoredAnswer)
    assert len(answers) == 10
    assert all("With a guarantee I would still " in each.answer for each in answers)
    assert all("my intent stays at 4 of 10." in each.answer for each in answers)
    asked = [call["asked"] for call in fake_models.calls[-10:]]
    assert all("There is a money-back guarantee." in each for each in asked)


def test_a_what_if_whose_answer_cannot_be_read_is_asked_for_once_more(services, fake_models):
    who = who_of(services)
    run = complete(services, who)
    fake_models.control.fault(kind="malformed")
    put(services, who, run, "persona", "p4", "What if there were a guarantee?")
    work_off(services)
    [answer] = rows(services, StoredAnswer)
    assert answer.answer.startswith("With a guarantee I would ")


def test_a_what_if_that_nobody_can_make_is_answered_and_rests_on_nothing(services):
    who = who_of(services)
    run = complete(services, who)
    put(services, who, run, "persona", "p4", "What if a friend had sent it to you?")
    work_off(services)
    [answer] = rows(services, StoredAnswer)
    assert (answer.grounded, answer.answer) == (False, "It was “Frobly writes your” that did it.")


def test_who_stops_reading_before_the_change_is_not_asked_again(services, fake_models):
    who = who_of(services)
    content = f"{TEXT} " + "\n".join(f"Line {n} tells more of it." for n in range(400))
    begun = begin(services, who, order(content=f"{content}\nThe end is near."))
    work_off(services)
    asked = len(fake_models.calls)
    put(services, who, begun.id, "panel", None, "What if you removed “The end is near”?")
    work_off(services)
    answers = rows(services, StoredAnswer)
    assert len(answers) == 10
    assert all("I stop reading before I get to that" in each.answer for each in answers)
    assert len(fake_models.calls) == asked


def test_a_question_that_is_cancelled_lets_its_call_go(services, fake_models):
    who = who_of(services)
    run = complete(services, who)
    before = packs(services, who)
    asked = put(services, who, run, "persona", "p4")
    fake_models.control.hold()
    working = threading.Thread(target=work_off, args=(services,))
    working.start()
    fake_models.control.arrived(calls=1)
    with services.transaction() as session:
        turns.cancel(session, who, asked.thread_id, clock.now())
    working.join(20)
    assert not working.is_alive()
    fake_models.control.let_go()
    assert packs(services, who) == before
    assert rows(services, StoredAnswer) == []
