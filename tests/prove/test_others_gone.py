"""R14: a model's provider, a mail server or Redis away: refunded or queued, and done when it is back."""

import re
import subprocess
from contextlib import contextmanager
from email import message_from_string, policy
from math import ceil

import pytest

from app.db import Database
from tests import invariants
from tests.adapters.mail.post_office import PostOffice
from tests.databases import DATABASES
from tests.fake_models.process import FakeModels
from tests.flows.person import Person
from tests.needed import needed
from tests.prove.books import moved
from tests.prove.enduring import pids, settled, start
from tests.prove.machines import Fleet, done
from tests.served import free_port
from tests.waiting import until
from tests.worker.modelled import TEXT

TROUBLES = ("500", "429", "timeout", "malformed")
PLAYED = {"content_type": "text", "content": TEXT, "persona_count": 10}
PER_PERSON = 1.5  # tokens, at the usual detail
EMAIL, PASSWORD = "kim@example.com", "seven paper boats in harbour"


@pytest.mark.parametrize("kind", DATABASES)
def test_r14_a_provider_of_models_in_trouble_costs_nobody_anything(
    copies, tmp_path, kind, measured
):
    """What met the trouble is played once it is over, or given back whole; nothing is restarted."""
    with FakeModels() as provider:
        facts = {k: str(v) for k, v in provider.facts(engine_timeout_s="1").items()}
        with Fleet(copies.fresh(kind, tmp_path), tmp_path, **facts) as fleet:
            key, processes = fleet.buyer(1_000), pids(fleet)
            runs = [in_trouble(fleet, key, provider, each) for each in TROUBLES]
            provider.control.reset()
            database = Database(fleet.database_url)
            for run in (*runs, fleet.web.call("polis_test", PLAYED, key)["run_id"]):
                ended = done(fleet.web, key, run)
                is_complete = ended["status"] == "complete"
                held, released, charged = moved(database, run)
                played = (
                    ended["reactions_done"] if is_complete else 0
                )  # a seat may be lost for good
                assert (released, charged) == (-held, -ceil(played * PER_PERSON))
            assert is_complete
            assert pids(fleet) == processes
            invariants.check(database)
            database.dispose()
    measured("R14", "troubles that ended without a restart or a wrong charge", len(TROUBLES))


def in_trouble(fleet, key, provider, kind):
    """A run that a provider in this trouble was asked to play."""
    provider.control.reset()
    provider.control.fault(kind=kind, times=-1)
    run = fleet.web.call("polis_test", {**PLAYED, "content": f"{TEXT} {kind}"}, key)["run_id"]
    until(lambda: provider.calls)
    return run


@pytest.mark.parametrize("kind", DATABASES)
def test_r14_a_letter_waits_for_its_mail_server_and_is_sent_once(copies, tmp_path, kind, measured):
    port = free_port()
    facts = {"smtp_host": "127.0.0.1", "smtp_port": str(port)}
    with Fleet(copies.fresh(kind, tmp_path), tmp_path, **facts) as fleet:
        processes, kim = pids(fleet), Person(fleet.web)
        assert kim.fill("/signup", email=EMAIL, password=PASSWORD).status_code == 200
        until(lambda: "did not take a mail" in fleet.log)
        with PostOffice(port=port) as office:
            until(lambda: office.taken)
            letter = message_from_string(office.taken[0], policy=policy.default)
            link = re.search(r"/link/polis_ml_\w+", letter.get_content())[0]
            assert kim.fill(link).status_code == 303
        assert (len(office.taken), pids(fleet)) == (1, processes)
    measured("R14", "troubles that ended without a restart or a wrong charge", 1)


@pytest.mark.parametrize("kind", DATABASES)
def test_r14_runs_wait_for_redis_and_are_done_when_it_is_back(copies, tmp_path, kind, measured):
    port = free_port()
    with Fleet(
        copies.fresh(kind, tmp_path), tmp_path, queue_url=f"redis://127.0.0.1:{port}/0"
    ) as fleet:
        processes, key = pids(fleet), fleet.buyer(1_000)
        started = [start(fleet.web, key, number) for number in range(3)]
        assert None not in started
        with redis(port, tmp_path):
            settled(fleet.database_url, set(started))
            assert pids(fleet) == processes
        started.append(start(fleet.web, key, 3))
        with redis(port, tmp_path):
            settled(fleet.database_url, set(started))
    measured("R14", "troubles that ended without a restart or a wrong charge", 1)


@contextmanager
def redis(port, folder):
    program = needed("redis-server", "apt-get install redis-server")
    command = [program, "--port", str(port), "--save", "", "--appendonly", "no"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=folder) as server:
        yield
        server.terminate()
