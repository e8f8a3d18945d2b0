"""Web and workers are killed while agents buy and spend: what was paid is there once, and no more."""

import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from app import bootstrap
from app.db import Database
from app.domain import plans
from app.domain.billing import purchases
from app.models.billing import LedgerEntry
from app.models.payments import Payment
from app.models.runs import Run
from tests import invariants
from tests.databases import DATABASES
from tests.factories import member, settings_for
from tests.prove.books import charged_wrongly, is_all_done, watched
from tests.prove.killing import insist, killing, web_of
from tests.rounds import rounds
from tests.served import Served
from tests.waiting import until

BUYERS, PURCHASES, KILLS = 4, rounds(200), rounds(100)
PACK = plans.PACKS["small"].tokens
EACH = purchases.MOST_AT_FIRST // plans.PACKS["small"].usd_micros
THERE_WITHIN_S = 90


@pytest.fixture(params=DATABASES)
def victim(request, copies, tmp_path):
    with Served(copies.fresh(request.param, tmp_path), tmp_path) as served:
        yield served


def test_r2_purchases_over_killed_processes_bring_their_tokens_once(victim, measured):
    keys, done = agents(victim), set()
    with (
        watched(victim.environment["POLIS_DATABASE_URL"]),
        killing(
            KILLS,
            lambda number: len(done) >= number * PURCHASES // KILLS,
            lambda number: victims_of(victim, number),
        ),
        ThreadPoolExecutor(BUYERS) as buyers,
    ):
        for number in buyers.map(
            lambda n: buy_and_spend(victim, n, keys[n // EACH]), range(PURCHASES)
        ):
            done.add(number)
    database = Database(victim.environment["POLIS_DATABASE_URL"])
    until(lambda: paid(database) == PURCHASES and is_all_done(database), within_s=THERE_WITHIN_S)
    invariants.check(database)
    with database.reading() as session:
        granted = select(func.count(), func.sum(LedgerEntry.tokens)).where(
            LedgerEntry.kind == "grant", LedgerEntry.cause.like("checkout:%")
        )
        found = session.execute(granted).one()
        runs = session.scalars(select(Run.status)).all()
    wrong = charged_wrongly(database)
    measured("R2", "kill -9 of processes", KILLS)
    measured("R2", "charges that are double or lost", abs(found[0] - PURCHASES) + len(wrong))
    assert found == (PURCHASES, PURCHASES * PACK)
    assert (wrong, runs) == ([], ["complete"] * PURCHASES)
    database.dispose()


def agents(served):
    """Keys of new organizations: a link sells each of them little in its first week."""
    services = bootstrap.build(
        settings_for(served.environment["POLIS_DATABASE_URL"], served.folder)
    )
    keys = [member(services).key for _ in range(-(-PURCHASES // EACH))]
    services.database.dispose()
    return keys


def buy_and_spend(served, number, key):
    """Buy a pack and pay for it, start a run, and repeat each until somebody answers."""
    bought = {"pack": "small", "idempotency_key": f"buy {number}"}
    page = insist(served, lambda: served.call("polis_topup", bought, key)["pay_url"])
    insist(served, lambda: press(page))
    begun = {
        "content_type": "text", "content": f"Hello {number}", "persona_count": 10,
        "detail": "snapshot", "idempotency_key": f"run {number}",
    }  # fmt: skip
    insist(served, lambda: spend(served, begun, key))
    return number


def spend(served, begun, key):
    """Start a run as soon as what was bought is there."""
    answer = served.call("polis_test", begun, key)
    if "run_id" not in answer:
        assert answer["error"]["code"] == "not_enough_tokens", answer
        raise TimeoutError("what was bought is on its way")


def press(page):
    """Pay at the simulated biller's page, which leads back to ours."""
    body = urllib.parse.urlencode({"do": "pay"}).encode()
    with urllib.request.urlopen(page, body, timeout=20) as answer:
        assert answer.status == 200


def victims_of(served, number):
    """In turn the web's processes, a worker, both; every tenth time gunicorn's master."""
    if number % 10 == 9:
        return served.children("gunicorn")
    web, workers = web_of(served), served.children("worker")
    return (web, workers, web + workers)[number % 3]


def paid(database):
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Payment))
