"""Runs whose panels a model plays, from their order to their end, over real SDKs and workers."""

from dataclasses import replace

import pytest
import time_machine
from sqlalchemy import select
from structlog.testing import capture_logs

from app import bootstrap
from app.adapters import engines
from app.adapters.engines.llm.crew import crew
from app.domain import wallets
from app.domain.runs import ask, find, start
from app.domain.runs.ask import Question
from app.domain.runs.order import Order
from app.domain.tariff.away import BudgetSpent, ModelAway, TooDear
from app.kit import clock
from app.models.limits import DailyTotal
from app.models.runs import Run, StoredReaction
from app.models.threads import StoredAnswer, Turn
from tests import invariants
from tests.factories import caller, member, settings_for
from tests.fake_models.process import KEY, fake_models, fake_models_process
from tests.fakes import SpyQueue, work_off
from tests.kept_bytes import bytes_of
from tests.starting import reading
from tests.working import open_work, wear_out

__all__ = ["fake_models", "fake_models_process"]
TEXT = (
    "Frobly writes your meeting notes. A study of 212 teams found 3 hours saved a week. "
    "It is the revolutionary way to work. Try it for $9 a month."
)
SECRET_TEXT = "Zanzibar-canary-4711"


@pytest.fixture
def install(database_url, tmp_path, fake_models):
    made = []

    def build(provider="openai", **more):
        settings = settings_for(database_url, tmp_path, **fake_models.facts(provider, **more))
        built = bootstrap.build(settings)
        bootstrap.check(built)
        terms = engines.terms(settings)
        waits: list[float] = []
        quick = crew(settings, terms, built.database, waits.append)
        made.append((built, quick))
        return replace(built, send=SpyQueue(), model=quick)

    yield build
    for built, quick in made:
        quick.hang_up()
        invariants.check(built.database)
        built.database.dispose()


@pytest.fixture
def services(install):
    return install()


def who_of(services, **more):
    return caller(services, member(services, tokens=2_000, **more))


def order(personas=10, detail="standard", content=TEXT, **more):
    return Order("text", content, personas, detail, **more)


def begin(services, who, wanted=None):
    with services.transaction() as session:
        return start.start(
            session, who, wanted or order(), services.panelist, now=clock.now(), request_id="req"
        )


def put(services, who, run, target="panel", name=None, text="Why?", thread=None):
    with services.transaction() as session:
        return ask.ask(
            session, who, Question(run, target, name, text, thread),
            panelist=services.panelist, now=clock.now(), request_id="req",
        )  # fmt: skip


def packs(services, who):
    with services.database.reading() as session:
        return wallets.standing(session, who.wallet, clock.now()).packs


def rows(services, what):
    with services.database.reading() as session:
        return list(session.scalars(select(what)))


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
@pytest.mark.parametrize("detail", ["snapshot", "standard", "deep"])
def test_a_model_plays_a_run_to_its_end(install, provider, detail):
    services = install(provider)
    who = who_of(services)
    begun = begin(services, who, order(20, detail))
    work_off(services)
    with reading(services, begun.id) as run:
        assert (run.status, run.engine, run.personas_done) == ("complete", "llm", 20)
        assert run.engine_version == services.panelist.model.version
        report, told = run.synthesis["report"], run.synthesis["validity"]
    assert [
        round(sum(each["share"] for each in report["segments"]), 4),
        len(report["topFriction"]),
    ] == [1.0, 3]
    stored = rows(services, StoredReaction)
    said = " ".join(str(one.body) for one in stored)
    assert all(
        evidence["quote"] in said for row in report["topFriction"] for evidence in row["evidence"]
    )
    assert (told["model"], told["people_lost"], told["shortened"]) == ("tiny-1", 0, False)
    assert "checked against people" in told["note"]
    assert packs(services, who) == 2_000 - begun.tokens


def test_play_money_the_test_book_and_the_unclaimed_never_reach_a_model(install, fake_models):
    played = install(billing="simulated")
    someone = who_of(played)
    for who in (
        someone,
        caller(played, member(played, book="test")),
        someone._replace(claimed=False),
    ):
        begun = begin(played, who)
        work_off(played)
        with reading(played, begun.id) as run:
            assert (run.status, run.engine) == ("complete", "embedded")
    assert fake_models.calls == []


def test_up_to_a_tenth_may_be_lost_and_is_said_and_given_back(services, fake_models):
    fake_models.control.fault(kind="refusal", person="p3", times=-1)
    fake_models.control.fault(kind="refusal", person="p14", times=-1)
    who = who_of(services)
    begun = begin(services, who, order(20))
    work_off(services)
    with reading(services, begun.id) as run:
        assert (run.status, run.personas_done, run.refunded_tokens) == ("complete", 18, 3)
        told = run.synthesis["validity"]
        assert told["people_lost"] == 2
        assert "2 of 20 people did not answer" in told["note"]
        assert run.synthesis["stats"]["reactions"] == 18
    assert {one.seat for one in rows(services, StoredReaction)} == set(range(1, 21)) - {3, 14}
    assert packs(services, who) == 2_000 - 27


def test_more_than_a_tenth_lost_fails_the_run_and_gives_all_back(services, fake_models):
    for person in ("p3", "p14", "p15"):
        fake_models.control.fault(kind="refusal", person=person, times=-1)
    who = who_of(services)
    begun = begin(services, who, order(20))
    wear_out(services)
    with reading(services, begun.id) as run:
        assert (run.status, run.failure_code) == ("failed", "engine_unavailable")
        assert "too many people" in run.failure_message
    assert rows(services, StoredReaction) == []
    assert packs(services, who) == 2_000


def test_losses_of_several_batches_are_counted_together_and_tried_no_more(services, fake_models):
    for person in (*range(1, 8), *range(51, 57)):
        fake_models.control.fault(kind="refusal", person=f"p{person}", times=-1)
    who = who_of(services)
    begun = begin(services, who, order(100))
    with capture_logs():
        work_off(services)
    with reading(services, begun.id) as run:
        assert (run.status, run.failure_code) == ("failed", "engine_unavailable")
        assert run.failure_message == "13 of 100 people did not answer."
    assert (packs(services, who), open_work(services)) == (2_000, [])


def test_a_batch_of_which_nobody_answers_still_ends(services, fake_models):
    for person in range(101, 111):
        fake_models.control.fault(kind="refusal", person=f"p{person}", times=-1)
    begun = begin(services, who_of(services), order(110))
    work_off(services)
    with reading(services, begun.id) as run:
        assert (run.status, run.personas_done) == ("complete", 100)


def test_a_provider_that_comes_back_finishes_the_run_without_asking_anybody_twice(
    services, fake_models
):
    for person in ("p2", "p5"):
        fake_models.control.fault(kind="500", person=person, times=4)
    begun = begin(services, who_of(services))
    wear_out(services)
    with reading(services, begun.id) as run:
        assert (run.status, run.personas_done) == ("complete", 10)
    assert len(fake_models.calls) == 8 + 2 * 4 + 2


def test_a_model_that_is_away_fails_cleanly_and_the_next_run_works(services, fake_models):
    who = who_of(services)
    fake_models.control.fault(kind="503", times=-1)
    begun = begin(services, who)
    wear_out(services)
    assert services.model.line.breaker.open
    with reading(services, begun.id) as run:
        assert (run.status, run.failure_code) == ("failed", "engine_unavailable")
    assert packs(services, who) == 2_000
    fake_models.control.mend()
    services.model.line.breaker.went_well()  # its rest is over
    begun = begin(services, who)
    work_off(services)
    with reading(services, begun.id) as run:
        assert run.status == "complete"


def test_a_run_that_a_day_does_not_cover_is_refused_and_nothing_held(install):
    services = install(engine_org_daily_usd="0.01")
    who = who_of(services)
    with pytest.raises(BudgetSpent) as refused:
        begin(services, who, order(100))
    assert refused.value.code == "engine_unavailable"
    assert (packs(services, who), rows(services, Run), open_work(services)) == (2_000, [], [])


def test_money_spent_by_others_meanwhile_fails_the_run_and_gives_all_back(install):
    services = install(engine_daily_usd="0.05", engine_org_daily_usd="0.05")
    who = who_of(services)
    begun = begin(services, who)
    with services.transaction() as session:
        session.add(DailyTotal(name="engine", day=clock.day_start(clock.now()), used=50_000))
    wear_out(services)
    with reading(services, begun.id) as run:
        assert (run.status, run.failure_code) == ("failed", "engine_unavailable")
        assert "today" in run.failure_message
    assert packs(services, who) == 2_000


def test_what_was_reserved_and_not_used_is_there_again(services, fake_models):
    fake_models.control.manners(usage={"in": 1_000, "out": 200})
    begin(services, who_of(services))
    work_off(services)
    assert {row.used for row in rows(services, DailyTotal)} == {1_800}


def test_a_model_too_dear_for_what_is_sold_is_refused(install, fake_models):
    facts = {
        "billing": "stripe",
        "stripe_secret_key": "sk_live_x",
        "engine_input_usd": "5",
        "engine_output_usd": "25",
    }
    services = install(**facts)
    who = who_of(services)
    with pytest.raises(TooDear):
        begin(services, who)
    assert (packs(services, who), fake_models.calls) == (2_000, [])


def test_a_long_text_is_read_shortened_where_it_costs_too_much_and_the_report_says_so(
    install, fake_models
):
    facts = {
        "billing": "stripe",
        "stripe_secret_key": "sk_live_x",
        "engine_input_usd": "0.6",
        "engine_output_usd": "1.6",
    }
    services = install(**facts)
    begun = begin(services, who_of(services), order(content=f"{TEXT} " * 40))
    work_off(services)
    with reading(services, begun.id) as run:
        told = run.synthesis["validity"]
    assert told["shortened"]
    assert "shortened text" in told["note"]
    longest = max(len(call["asked"]) for call in fake_models.calls)
    assert longest < len(TEXT) * 40


def test_a_comparison_is_of_those_who_are_on_every_panel(services, fake_models):
    fake_models.control.fault(kind="refusal", person="p3", times=1)
    who = who_of(services)
    with services.transaction() as session:
        begun = start.start_comparison(
            session, who, [order(), order(content=f"{TEXT} Now.")], services.panelist,
            now=clock.now(), request_id="req",
        )  # fmt: skip
    work_off(services)
    with services.database.reading() as session:
        comparison = find.comparison(session, who, begun.id)
    assert comparison.status == "complete"
    assert sum(each["share"] for each in comparison.result["preferred"]) == pytest.approx(1)
    assert packs(services, who) == 2_000 - 29


def complete(services, who, personas=10):
    begun = begin(services, who, order(personas))
    work_off(services)
    return begun.id


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
    with pytest.raises(ModelAway, match="none any more"):
        put(gone, who, run)


def test_neither_key_nor_the_providers_words_are_kept_or_logged(services, fake_models, capsys):
    who = who_of(services)
    for kind in ("401", "400", "500"):
        fake_models.control.fault(kind=kind, person="p2", times=9)
    with capture_logs() as logged, time_machine.travel(clock.now(), tick=False) as traveller:
        begin(services, who, order(content=f"{TEXT} {SECRET_TEXT}"))
        for _ in range(6):
            work_off(services)
            traveller.shift(60)
    written = repr(logged) + "".join(capsys.readouterr())
    assert "model.people_lost" in written or "work.failed" in written
    for secret in (KEY, SECRET_TEXT, "you sent"):
        assert secret not in written
    held = bytes_of(services)
    assert KEY.encode() not in held
    assert b"you sent" not in held
