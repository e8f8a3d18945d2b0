"""Hundreds of waiting calls of one key leave everybody else their threads."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles

import pytest

from app.domain.billing.simulated import notices
from app.kit import clock, ids
from tests.flows.beside import Installation
from tests.flows.person import Person
from tests.rounds import rounds
from tests.tools.installation import HELLO

WAITS, WAIT_S = 500, 10  # a call that has to wait for a thread of theirs waits this long
EACH = 25
PATIENCE_S = 5.0
PASSWORD = "correct horse battery"


@pytest.fixture
def beside(served):
    its = Installation(served)
    yield its
    its.services.database.dispose()


@pytest.fixture
def others(served, beside) -> dict[str, Callable[[], object]]:
    """What others do meanwhile; each fails unless it is answered as ever."""
    email = f"waits{served.port}-{time.monotonic_ns()}@example.com"
    served.polis("user", "create", "--email", email, "--password", PASSWORD, "--verified")
    key = served.polis("key", "create", "--email", email, "--name", "x")["api_key"]
    held = {"token": beside.connected()["refresh_token"]}
    keys = (served.folder / "secret_key").read_text().strip().split(",")

    def sign_in() -> None:
        page = Person(served).fill("/login", email=email, password=PASSWORD)
        assert page.status_code in {302, 303}, page.text

    def renew() -> None:
        status, told = beside.refresh(held["token"])
        assert status == 200, told
        held["token"] = told["refresh_token"]

    def notify() -> None:
        told = {
            "id": ids.new("evt"),
            "mode": notices.MODE,
            "kind": "nothing.we.know",
            "made_at": clock.milliseconds(clock.now()),
            "subject": "customer",
            "object_id": "none",
        }
        body, signature = notices.signed(told, keys, clock.now())
        status, told = beside.post("/webhooks/stripe", body, **{"Stripe-Signature": signature})
        assert (status, told) == (200, {"received": True})

    def call() -> None:
        assert served.call("polis_account", {}, key)["plan"] == "trial"

    return {"sign-in": sign_in, "token": renew, "webhook": notify, "call": call}


def _slowest(act: Callable[[], object]) -> float:
    """The 99th percentile of some calls one after another, in seconds."""
    taken = []
    for _ in range(EACH):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return quantiles(taken, n=100, method="inclusive")[98]


def test_many_waiting_calls_of_one_key_leave_the_others_their_threads(served, others):
    run_id = served.call("polis_test", {**HELLO, "persona_count": 1000, "detail": "deep"})["run_id"]
    before = {name: _slowest(act) for name, act in others.items()}
    wait = {"run_id": run_id, "wait_s": WAIT_S}
    with ThreadPoolExecutor(rounds(WAITS)) as pool, ThreadPoolExecutor(len(others)) as beside:
        waits = [pool.submit(served.call, "polis_status", wait) for _ in range(rounds(WAITS))]
        asked = {name: beside.submit(_slowest, act) for name, act in others.items()}
        during = {name: each.result(120) for name, each in asked.items()}
        assert all(each.result(60)["run_id"] == run_id for each in waits)
    served.call("polis_cancel", {"run_id": run_id})
    slow = {n: (before[n], during[n]) for n in others if during[n] > max(3 * before[n], PATIENCE_S)}
    assert slow == {}
