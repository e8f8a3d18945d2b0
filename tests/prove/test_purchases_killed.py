"""Web and workers are killed while agents buy and spend: what was paid is there once, and no more."""

import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest
from sqlalchemy import func, select

from app import bootstrap
from app.db import Database
from app.domain import plans
from app.domain.billing import purchases
from app.models.billing import Balance, LedgerEntry
from app.models.payments import Payment
from tests import invariants
from tests.databases import DATABASES
from tests.factories import member, settings_for
from tests.prove.books import watched
from tests.prove.test_web_killed import ANSWERED_WITHIN_S, BROKEN, children_of, kill
from tests.rounds import rounds
from tests.served import Served

BUYERS, PURCHASES, KILLS = 4, rounds(200), rounds(100)
PACK = plans.PACKS["small"].tokens
EACH = purchases.MOST_AT_FIRST // plans.PACKS["small"].usd_micros
THERE_WITHIN_S = 90


@pytest.fixture(params=DATABASES)
def victim(request, copies, tmp_path):
    with Served(copies.fresh(request.param, tmp_path), tmp_path) as served:
        yield served


def test_purchases_over_killed_processes_bring_their_tokens_once(victim):
    keys, done, over, killed = agents(victim), set(), Event(), []
    killer = Thread(target=kill_again_and_again, args=(victim, done, over, killed))
    killer.start()
    try:
        with (
            watched(victim.environment["POLIS_DATABASE_URL"]),
            ThreadPoolExecutor(BUYERS) as buyers,
        ):
            for number in buyers.map(
                lambda n: buy_and_spend(victim, n, keys[n // EACH]), range(PURCHASES)
            ):
                done.add(number)
    finally:
        over.set()
        killer.join()
    assert len(killed) >= KILLS
    database = Database(victim.environment["POLIS_DATABASE_URL"])
    until(lambda: paid(database) == PURCHASES and held(database) == 0)
    invariants.check(database)
    with database.reading() as session:
        granted = select(func.count(), func.sum(LedgerEntry.tokens)).where(
            LedgerEntry.kind == "grant", LedgerEntry.cause.like("checkout:%")
        )
        assert session.execute(granted).one() == (PURCHASES, PURCHASES * PACK)
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
    insist(served, lambda: served.call("polis_test", begun, key))
    return number


def press(page):
    """Pay at the simulated biller's page, which leads back to ours."""
    body = urllib.parse.urlencode({"do": "pay"}).encode()
    with urllib.request.urlopen(page, body, timeout=20) as answer:
        assert answer.status == 200


def insist(served, act):
    pause, ends = Event(), time.monotonic() + ANSWERED_WITHIN_S
    while True:
        try:
            return act()
        except BROKEN:
            assert time.monotonic() < ends, served.log[-2000:]
            pause.wait(0.05)


def kill_again_and_again(served, done, over, killed):
    """In turn the web's processes, a worker, both; every tenth time gunicorn's master."""
    for number in range(KILLS):
        while len(done) < number * PURCHASES // KILLS and not over.wait(0.01):
            pass
        while not sum(kill(pid, killed) for pid in victims_of(served, number)):
            over.wait(0.01)  # those that were killed before are not back yet


def victims_of(served, number):
    masters = served.children("gunicorn")
    web = [pid for master in masters for pid in children_of(master)]
    kinds = {0: web, 1: served.children("worker"), 2: web + served.children("worker")}
    return masters if number % 10 == 9 else kinds[number % 3]


def paid(database):
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Payment))


def held(database):
    with database.reading() as session:
        return session.scalar(select(func.sum(Balance.held)))


def until(true):
    pause, ends = Event(), time.monotonic() + THERE_WITHIN_S
    while not true():
        assert time.monotonic() < ends
        pause.wait(0.5)
