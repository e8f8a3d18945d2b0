"""Questions to people whom a model plays: stance, thread, ground, and what is given back."""

import pytest

from app.domain.tariff.away import ModelAway
from app.models.threads import StoredAnswer, Turn
from tests.fake_models.process import fake_models, fake_models_process
from tests.fakes import work_off
from tests.worker.modelled import complete, install, packs, put, rows, services, who_of
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
        assert session.get_one(Turn, (asked.thread_id, 1)).status == "failed"
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
