"""Work that is let go: no call is waited for, and none is begun."""

import threading

import pytest

from app.adapters.engines.llm.calling.call import Unwanted
from app.adapters.engines.llm.calling.held import Held, watched
from app.adapters.engines.llm.seating import Seating
from tests.adapters.engines.llm.conftest import request

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def prompt_of(model):
    engine = model.engine()
    seating = Seating(engine.plan(request()), model.crew.terms, engine._panel)
    return seating.prompt([seating.sitter(1)])


@one_database
@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_a_call_that_is_waited_for_ends_when_its_work_is_let_go(make_model, provider):
    model, held, ended = make_model(provider), Held(), []
    model.fake.control.hold()

    def asked():
        with pytest.raises(Unwanted) as caught:
            model.crew.line.ask(prompt_of(model), "org_one", held)
        ended.append(caught)

    thread = threading.Thread(target=asked)
    thread.start()
    model.fake.control.arrived(calls=1)
    held.let_go()
    thread.join(10)
    assert (len(ended), model.waits) == (1, [])
    model.fake.control.let_go()


@one_database
def test_work_that_is_let_go_begins_no_call(model):
    held = Held()
    held.let_go()
    with pytest.raises(Unwanted):
        model.crew.line.ask(prompt_of(model), "org_one", held)
    assert model.fake.calls == []


def test_a_pause_between_two_tries_ends_with_the_work():
    held = Held()
    threading.Timer(0.05, held.let_go).start()
    held.wait(60)
    assert held.over


def test_a_watch_lets_go_of_what_nobody_wants_any_more():
    held = Held()
    with watched(held, lambda: False):
        held.wait(10)
    assert held.over


def test_a_watch_of_wanted_work_ends_with_it():
    held, before = Held(), threading.active_count()
    with watched(held, lambda: True):
        pass
    assert (held.over, threading.active_count()) == (False, before)
