"""What calls cost is set aside before and settled after, whoever calls and whatever happens."""

import threading

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from app.adapters.engines.llm.calling.purse import Purse
from app.db import Database
from app.domain.tariff.away import BudgetSpent
from app.domain.tariff.rate import Rate, Terms
from app.models.limits import DailyTotal
from tests.adapters.engines.llm.conftest import request
from tests.adapters.engines.llm.test_calls import prompt


def spent(database):
    with database.reading() as session:
        return dict(session.execute(select(DailyTotal.name, DailyTotal.used)).all())


def react(model, **more):
    engine = model.engine()
    return engine.react(engine.plan(request(**more)), range(1, 11))


def database_of(model):
    return model.crew.line._purse._database


def test_a_batch_costs_what_the_provider_counted(make_model):
    model = make_model()
    model.fake.control.manners(usage={"in": 1_000, "out": 200})
    react(model)
    assert spent(database_of(model)) == {"engine:org_one": 1_800, "engine": 1_800}


def test_failed_calls_cost_nothing_and_late_ones_the_most_they_may(make_model):
    model = make_model(engine_timeout_s=1)
    model.fake.control.manners(usage={"in": 0, "out": 0})
    model.fake.control.fault(kind="500", times=2)
    model.fake.control.fault(kind="429", times=1, retry_after="0")
    react(model)
    assert spent(database_of(model)) == {"engine:org_one": 0, "engine": 0}
    model.fake.control.fault(kind="timeout", times=1)
    react(model)
    told = prompt(model)
    worst = model.crew.terms.rate.worst(told.most_in, told.most_out)
    assert spent(database_of(model))["engine"] == worst


def test_a_server_without_a_price_writes_nothing_down(make_model):
    model = make_model(engine_input_usd="0", engine_output_usd="0")
    react(model)
    assert spent(database_of(model)) == {}


@pytest.mark.parametrize("whole", [True, False])
def test_caps_hold_to_the_last_millionth_under_many_at_once(database_url, make_model, whole):
    told = prompt(make_model())
    rate = Rate(100_000, 400_000)
    worst = rate.worst(told.most_in, told.most_out)
    caps = (10 * worst, 10**9) if whole else (10**9, 10 * worst)
    databases = [Database(database_url) for _ in range(2)]
    purses = [Purse(each, Terms(rate, *caps)) for each in databases]
    passed, refused = [], []
    everybody = threading.Barrier(24)

    def call(number):
        organization = f"org_{number}" if whole else "org_one"
        everybody.wait()
        try:
            with purses[number % 2].opened(organization, told):
                passed.append(number)
        except BudgetSpent:
            refused.append(number)

    threads = [threading.Thread(target=call, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(passed), len(refused)) == (10, 14)
    found = spent(databases[0])
    assert found["engine" if whole else "engine:org_one"] == 10 * worst
    assert sum(used for name, used in found.items() if ":" in name) == found["engine"]
    for each in databases:
        each.dispose()


def test_what_is_settled_makes_room_again(database_url, make_model):
    told = prompt(make_model())
    rate = Rate(100_000, 400_000)
    worst = rate.worst(told.most_in, told.most_out)
    database = Database(database_url)
    purse = Purse(database, Terms(rate, worst, worst))
    for _ in range(3):
        with purse.opened("org_one", told) as bill:
            with pytest.raises(BudgetSpent), purse.opened("org_two", told):
                pass
            bill.nothing()
    assert spent(database)["engine"] == 0
    database.dispose()


def test_everything_a_run_really_costs_stays_under_what_was_reckoned(make_model):
    from app.domain.runs.order import Order
    from app.domain.tariff import worth
    from tests.adapters.engines.llm.conftest import TEXT

    model = make_model()
    model.fake.control.manners(usage="none")
    model.fake.control.fault(kind="malformed", times=2)
    react(model, persona_count=10)
    terms = model.crew.terms
    reckoned = worth.worst_of(terms, Order("text", TEXT, 10, "standard"))
    assert 0 < spent(database_of(model))["engine"] <= reckoned


def test_a_worker_says_what_a_batch_cost(make_model):
    model = make_model()
    model.fake.control.manners(usage={"in": 1_000, "out": 200})
    with capture_logs() as logged:
        react(model)
    [told] = [each for each in logged if each["event"] == "model.batch"]
    assert (told["people"], told["calls"], told["micros"]) == (10, 10, 1_800)
