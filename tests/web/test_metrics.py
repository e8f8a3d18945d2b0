"""`GET /metrics`: who may read it, and that reading it costs the database four statements."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from app import outbox
from app.adapters import figures
from app.adapters.figures import Figures
from app.db import Database
from app.kit import clock
from tests.factories import caller, member
from tests.filling import Owner, fill
from tests.samples import samples
from tests.starting import begin, order
from tests.tools.installation import polis, running, standing
from tests.web.queries import counted

__all__ = ["polis", "standing"]

TOKEN = "a-token-of-prometheus-0123456789"
ELSEWHERE = {"environ_base": {"REMOTE_ADDR": "203.0.113.9"}}
HERE = {"environ_base": {"REMOTE_ADDR": "127.0.0.1"}, "headers": {"Host": "127.0.0.1:8000"}}


@pytest.fixture
def guarded(polis):
    """The same installation with a token set."""
    settings = polis.services.settings.model_copy(update={"metrics_token": TOKEN})
    with running(replace(polis.services, settings=settings)) as installation:
        yield installation


def test_the_token_opens_it_from_anywhere_and_under_any_host(guarded):
    headers = {"Authorization": f"Bearer {TOKEN}", "Host": "10.0.0.7:8000"}
    answer = guarded.app.test_client().get("/metrics", headers=headers, **ELSEWHERE)
    assert answer.status_code == 200
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    assert samples(answer.text)["polis_build_info"]


@pytest.mark.parametrize(
    "sent", ["", "Bearer", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", "Bearer é"]
)
def test_without_the_right_token_there_is_no_such_page_even_from_here(guarded, sent):
    headers = {"Authorization": sent, "Host": "127.0.0.1:8000"}
    answer = guarded.app.test_client().get("/metrics", headers=headers)
    assert answer.status_code == 404
    assert "polis_" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:9", "[::1]:8000"])
def test_without_a_token_set_it_is_for_this_machine(polis, host):
    answer = polis.app.test_client().get("/metrics", headers={"Host": host})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        ("203.0.113.9", {}),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}),
        ("127.0.0.1", {"X-Forwarded-Proto": "https"}),
        ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}),
        ("127.0.0.1", {"Via": "1.1 proxy"}),
        ("127.0.0.1", {"Host": "polis.example"}),
        ("127.0.0.1", {"Host": ""}),
    ],
)
def test_what_came_by_a_proxy_or_from_elsewhere_finds_no_such_page(polis, peer, headers):
    asked = {"Host": "127.0.0.1:8000", **headers}
    http = polis.app.test_client()
    answer = http.get("/metrics", headers=asked, environ_base={"REMOTE_ADDR": peer})
    assert answer.status_code == 404


def test_held_tokens_open_work_and_workers_are_what_the_database_says(polis):
    its = polis.services
    before = samples(Figures(its.settings, its.database).text())
    begin(its, caller(its, member(its, tokens=1000)), order(50))
    with its.transaction() as session:
        outbox.renew(session, "w-1", clock.now())
        outbox.renew(session, "w-2", clock.now() - timedelta(minutes=2))
    with time_machine.travel(clock.now() + timedelta(seconds=40), tick=False):
        after = samples(Figures(its.settings, its.database).text())
    book = (("book", "live"),)
    assert after["polis_tokens_held"][book] - before["polis_tokens_held"][book] == order(50).tokens
    kind = (("kind", "react_batch"),)
    assert after["polis_work_open"][kind] >= 1
    assert after["polis_work_oldest_due_seconds"][kind] >= 40
    assert after["polis_workers"][()] == before["polis_workers"][()] + 1
    assert after["polis_database_up"][()] == 1
    with its.transaction() as session:
        outbox.leave(session, "w-1")
        outbox.leave(session, "w-2")


def test_reading_it_takes_as_few_statements_however_much_there_is(polis):
    its, who = polis.services, member(polis.services, tokens=1000)
    owner = Owner(
        who.organization_id, who.user_id, (f"key:{who.key_id}",), its.settings.payment_mode
    )
    with counted(its.database) as few:
        Figures(its.settings, its.database).text()
    fill(its.database, owner, 300, 3000, clock.now())
    with counted(its.database) as many:
        Figures(its.settings, its.database).text()
    assert len(few) == len(many) == 4


def test_the_database_is_asked_once_however_often_it_is_scraped(polis):
    with asked(polis.services) as seen:
        http = polis.app.test_client()
        for _ in range(5):
            assert http.get("/metrics", **HERE).status_code == 200
    assert len(seen) <= 4  # none, where another scrape was just before


def test_it_is_asked_again_when_what_is_known_is_old(polis, monkeypatch):
    monkeypatch.setattr(figures, "FRESH_S", 0.0)
    with asked(polis.services) as seen:
        http = polis.app.test_client()
        for _ in range(3):
            http.get("/metrics", **HERE)
    assert len(seen) == 12


def test_without_a_database_the_counts_are_told_all_the_same(polis):
    its = polis.services
    text = Figures(its.settings, away(its.database)).text()
    found = samples(text)
    assert found["polis_database_up"][()] == 0
    assert "polis_work_open" not in found
    assert found["polis_http_request_seconds_count"]


def away(database):
    """The same kind of database, nowhere to be found."""
    if database.sqlite:
        return Database("sqlite:////nowhere/at/all/polis.db")
    return Database("postgresql://nobody@127.0.0.1:1/polis")


@contextmanager
def asked(services):
    """What of the statements that are run is about the gauges."""
    found = []
    with counted(services.database) as seen:
        yield found
    wanted = ("FROM work \n", "FROM worker_beats", "FROM balances", "FROM daily_totals")
    found += [sql for sql in seen if any(name.strip() in sql for name in wanted)]
