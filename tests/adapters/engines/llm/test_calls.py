"""Calls over the real SDKs to a provider that has its moods."""

import threading

import pytest

from app.adapters.engines.llm.calling.call import Busy, Denied, Refused, Unreachable
from app.adapters.engines.llm.calling.held import Held
from app.adapters.engines.llm.calling.line import TRIES
from app.adapters.engines.llm.seating import Seating
from tests.adapters.engines.llm.conftest import request
from tests.fake_models.process import KEY

both = pytest.mark.parametrize("provider", ["openai", "anthropic"])
once = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
pytestmark = once


def prompt(model, *seats):
    engine = model.engine()
    seating = Seating(engine.plan(request()), model.crew.terms, engine._panel)
    return seating.prompt([seating.sitter(number) for number in seats or (1,)])


def ask(model, *seats):
    return model.crew.line.ask(prompt(model, *seats), "org_one", Held())


@both
def test_a_call_is_what_its_api_takes_and_its_answer_is_read(make_model, provider):
    model = make_model(provider)
    said = ask(model)
    assert '"people"' in said.text
    assert said.tokens_in > 100
    assert said.tokens_out > 10
    [call] = model.fake.calls
    assert (call["api"], call["format"], call["model"]) == (provider, "json_schema", "tiny-1")


@both
@pytest.mark.parametrize("refused", [["json_schema"], ["json_schema", "json_object"]])
def test_a_server_that_takes_no_schema_is_asked_in_the_next_best_way(make_model, provider, refused):
    model = make_model(provider)
    model.fake.control.manners(refuses=refused)
    assert '"people"' in ask(model).text
    assert '"people"' in ask(model).text
    formats = [call["format"] for call in model.fake.calls]
    lowest = "json_object" if refused == ["json_schema"] and provider == "openai" else "text"
    steps = {"openai": ["json_schema", "json_object", "text"], "anthropic": ["json_schema", "text"]}
    way = steps[provider][: steps[provider].index(lowest) + 1]
    assert formats == [*way, lowest]
    assert all(
        "JSON Schema" in call["system"]
        for call in model.fake.calls
        if call["format"] != "json_schema"
    )


def test_a_call_that_is_refused_in_every_format_lowers_none(make_model):
    model = make_model()
    model.fake.control.manners(refuses=["json_schema", "json_object", "text"])
    with pytest.raises(Refused):
        ask(model)
    assert model.crew.line.ladder.rung == "json_schema"
    assert not model.crew.line.breaker.open


@both
def test_a_busy_provider_is_asked_again_when_it_says_and_by_fewer(make_model, provider):
    model = make_model(provider, engine_concurrency=8)
    model.fake.control.fault(kind="429", times=2, retry_after="7")
    ask(model)
    assert model.waits == [7.0, 7.0]
    assert model.crew.line.places.limit == 2
    for number in range(2, 12):
        ask(model, number)
    assert model.crew.line.places.limit > 3


def test_a_provider_that_wants_minutes_is_not_waited_for(make_model):
    model = make_model()
    model.fake.control.fault(kind="429", retry_after="3600")
    with pytest.raises(Busy):
        ask(model)
    assert model.waits == []


@both
@pytest.mark.parametrize("kind", ["500", "503", "reset"])
def test_troubles_are_tried_again_later_each_time(make_model, provider, kind):
    model = make_model(provider)
    model.fake.control.fault(kind=kind, times=2)
    assert '"people"' in ask(model).text
    assert model.waits == [0.5, 1.0]


@pytest.mark.parametrize("kind", ["timeout", "slow"])
@both
def test_an_answer_that_does_not_come_whole_in_its_time_is_given_up(make_model, provider, kind):
    model = make_model(provider, engine_timeout_s=1)
    model.fake.control.fault(kind=kind)
    assert '"people"' in ask(model).text
    assert model.waits == [0.5]


def test_tries_end(make_model):
    model = make_model()
    model.fake.control.fault(kind="500", times=-1)
    with pytest.raises(Unreachable):
        ask(model)
    assert len(model.fake.calls) == TRIES


@both
def test_whoever_is_not_let_in_is_told_so_at_once(make_model, provider):
    model = make_model(provider)
    model.fake.control.manners(key="another")
    with pytest.raises(Denied) as denied:
        ask(model)
    assert KEY not in repr(denied.value)
    assert model.waits == []


@both
@pytest.mark.parametrize("kind", ["500", "400", "429"])
def test_nothing_a_provider_says_of_an_error_is_kept(make_model, provider, kind):
    model = make_model(provider)
    model.fake.control.fault(kind=kind, times=-1)
    with pytest.raises((Unreachable, Refused, Busy)) as failed:
        ask(model)
    error = failed.value
    assert error.__cause__ is None
    assert error.__suppress_context__
    assert "Frobly" not in repr(error)


@pytest.mark.parametrize("usage", ["none", {"in": -5, "out": 3}, {"in": 10**12, "out": 1}])
@both
def test_odd_counts_of_tokens_are_the_most_a_call_may_cost(make_model, provider, usage):
    model = make_model(provider)
    model.fake.control.manners(usage=usage)
    told = prompt(model)
    line = model.crew.line
    with line._purse.opened("org_one", told) as bill:
        bill.used(line.ladder.ask(told))
    assert bill.micros == model.crew.terms.rate.worst(told.most_in, told.most_out)


@both
def test_a_counted_call_costs_what_was_counted(make_model, provider):
    model = make_model(provider)
    model.fake.control.manners(usage={"in": 1_000, "out": 100})
    told = prompt(model)
    line = model.crew.line
    with line._purse.opened("org_one", told) as bill:
        bill.used(line.ladder.ask(told))
    assert bill.micros == 140


def test_an_answer_without_a_choice_is_no_crash(make_model):
    model = make_model()
    model.fake.control.fault(kind="empty")
    assert ask(model).text == ""


def test_as_many_calls_go_out_at_once_as_there_are_places(make_model):
    model = make_model(engine_concurrency=3)
    model.fake.control.hold()
    threads = [threading.Thread(target=ask, args=(model, number)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    assert model.fake.control.arrived(calls=3) == {"waiting": 3}
    model.fake.control.let_go()
    for thread in threads:
        thread.join()
    counted = model.fake.control.calls()
    assert (len(counted["calls"]), counted["at_once"]) == (8, 3)


def test_places_are_eight_or_two_to_a_server_of_ones_own(make_model):
    assert make_model().crew.line.places.most == 2
    from app.adapters.engines.llm.crew import _most

    model = make_model()
    assert _most(model.settings.model_copy(update={"engine_base_url": ""})) == 8
