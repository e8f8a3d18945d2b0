"""Runs whose panels a model plays, from their order to their end, over real SDKs and workers."""

import threading
from dataclasses import replace
from math import exp

import pytest
import time_machine
from structlog.testing import capture_logs

from app import bootstrap
from app.domain.panel.shapes import PanelRequest
from app.domain.runs import find, outcome, progress, start
from app.domain.tariff.account import Account
from app.domain.tariff.away import BudgetSpent, ModelAway, TooDear
from app.kit import clock
from app.models.limits import DailyTotal
from app.models.runs import Run, StoredReaction
from tests.factories import caller, member, settings_for
from tests.fake_models.process import KEY, fake_models, fake_models_process
from tests.fake_models.state import CHANCES
from tests.fakes import SpyQueue, work_off
from tests.kept_bytes import bytes_of
from tests.starting import reading
from tests.worker.modelled import TEXT, begin, install, order, packs, rows, services, who_of
from tests.working import open_work, wear_out

__all__ = ["fake_models", "fake_models_process", "install", "services"]
SECRET_TEXT = "Zanzibar-canary-4711"


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
    assert told["stacked"]["model"]["share"] > 0
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
        assert run.room == [len(seats) for seats in run.synthesis["members"].values()]
        assert sum(run.room) == 18
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
        "engine_input_usd": "0.8",
        "engine_output_usd": "2.0",
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


def test_the_embedded_half_of_a_stack_comes_again_whatever_the_model_says(services, fake_models):
    who, halves = who_of(services), []
    for chances in ({"scroll": 95, "stay": 5, "click": 0, "save": 0}, None):
        fake_models.control.manners(chances=chances or {**CHANCES, "scroll": 0})
        begun = begin(services, who, order(20, seed=7))
        work_off(services)
        with reading(services, begun.id) as run:
            halves.append(run.synthesis["validity"]["stacked"])
    one, other = halves
    assert one["embedded"] == other["embedded"]
    assert one["model"]["share"] < other["model"]["share"] == 1.0
    assert one["share"] < other["share"] < 1.0


def test_a_comparison_of_tweets_is_stacked_with_what_people_chose(services, fake_models):
    who = who_of(services)
    texts = ("Free notes for every meeting, today only.", "Our notes are written for you.")
    tweets = [replace(order(content=text), content_type="tweet") for text in texts]
    with services.transaction() as session:
        begun = start.start_comparison(
            session, who, tweets, services.panelist, now=clock.now(), request_id="req"
        )
    work_off(services)
    with services.database.reading() as session:
        result = find.comparison(session, who, begun.id).result
    assert result["validity"] == "unvalidated-format"
    assert result["interval"][0] <= result["p_a_beats_b"] <= result["interval"][1]
    alone = services.engine()
    plans = [alone.plan(PanelRequest("tweet", text, 10, "standard", 1)) for text in texts]
    lead = plans[0].document.wording.worth - plans[1].document.wording.worth
    sure = 1 / (1 + exp(-abs(lead) / 2))  # the model likes both alike: half of what is learned
    assert result["p_a_beats_b"] == pytest.approx(sure, abs=1e-3)


def test_an_installation_makes_its_line_when_it_is_first_needed(
    database_url, tmp_path, fake_models
):
    built = bootstrap.build(settings_for(database_url, tmp_path, **fake_models.facts()))
    bootstrap.check(built)
    services = replace(built, send=SpyQueue())
    begun = begin(services, who_of(services))
    work_off(services)
    with reading(services, begun.id) as run:
        assert (run.status, run.engine) == ("complete", "llm")
    services.model.hang_up()
    with pytest.raises(ModelAway, match="stopping"):
        services.model(Account("org_x", "run_x")).ask(*question_of(services, begun.id))
    built.database.dispose()


def question_of(services, run_id):
    with services.database.reading() as session:
        found = progress.panel_of(session, run_id)
        request = progress.request_of(session, session.get_one(Run, run_id))
    return services.engine().plan(request), found, "Why?", []


def test_an_installation_without_a_model_plays_no_run_of_one(database_url, tmp_path):
    built = bootstrap.build(settings_for(database_url, tmp_path))
    with pytest.raises(ModelAway, match="has none"):
        built.engine_for("llm", Account("org_x", "run_x"))
    built.model.hang_up()
    built.database.dispose()


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


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_a_cancelled_run_lets_its_calls_go_starts_none_and_gives_back_what_nobody_said(
    install, provider, fake_models
):
    services = install(provider, engine_concurrency=2)
    who = who_of(services)
    begun = begin(services, who)
    fake_models.control.hold()
    working = threading.Thread(target=work_off, args=(services,))
    working.start()
    assert fake_models.control.arrived(calls=2) == {"waiting": 2}
    with services.transaction() as session:
        assert outcome.cancel(session, who, begun.id, clock.now()) == ("cancelled", begun.tokens)
    working.join(20)
    assert not working.is_alive()  # while the provider still holds both calls
    fake_models.control.let_go()
    assert len(fake_models.calls) == 2
    assert packs(services, who) == 2_000
    assert (rows(services, StoredReaction), open_work(services)) == ([], [])
    assert not services.model.line.breaker.open
    fake_models.control.mend()
    again = begin(services, who)
    work_off(services)
    with reading(services, again.id) as run:
        assert (run.status, run.personas_done) == ("complete", 10)
