"""`/healthz` says that the process answers, `/readyz` whether the installation can do its work."""

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from app import bootstrap, migrations, outbox
from app.kit import clock
from app.web import create_app, health
from tests.databases import DATABASES
from tests.factories import settings_for


@pytest.fixture(params=DATABASES)
def kind(request):
    return request.param


@pytest.fixture
def ready(kind, copies, tmp_path):
    """Services whose worker was just heard of, and a way to ask them."""
    services = bootstrap.build(settings_for(copies.fresh(kind, tmp_path), tmp_path))
    with services.transaction() as session:
        outbox.renew(session, "worker-1", clock.now())
    yield services
    services.database.dispose()


def _ask(services, path="/readyz"):
    answer = create_app(services).test_client().get(path, base_url="http://127.0.0.1:8000")
    return answer.status_code, answer.json


def test_with_everything_in_place_it_is_ready(ready):
    ok = dict.fromkeys(("database", "migrations", "worker", "disk"), "ok")
    assert _ask(ready) == (200, {"status": "ok", "checks": ok})
    assert _ask(ready, "/healthz") == (200, {"status": "ok"})


def _fails(services, name):
    status, answer = _ask(services)
    assert (status, answer["status"]) == (503, "unavailable")
    failing = {check for check, state in answer["checks"].items() if state != "ok"}
    assert failing == {name}
    assert _ask(services, "/healthz")[0] == 200
    return answer["checks"][name]


def test_a_worker_nobody_heard_of_for_a_minute_is_missed(ready):
    with time_machine.travel(clock.now() + timedelta(seconds=59)):
        assert _ask(ready)[0] == 200
    with time_machine.travel(clock.now() + timedelta(seconds=62)):
        assert "polis worker" in _fails(ready, "worker")


def test_a_worker_that_left_is_missed(ready):
    with ready.transaction() as session:
        outbox.leave(session, "worker-1")
    assert "polis worker" in _fails(ready, "worker")


def test_a_schema_behind_is_told(ready):
    migrations.downgrade(ready.database, "-1")
    assert "polis migrate" in _fails(ready, "migrations")


def test_a_full_disk_is_told(ready, monkeypatch):
    monkeypatch.setattr(health, "LEAST_DISK", 2**60)
    assert _fails(ready, "disk").endswith("MiB left")


def _full(monkeypatch, *full):
    """These paths alone are on a disk without room."""
    room = shutil.disk_usage

    def asked(path):
        found = room(path)
        return found._replace(free=0) if Path(path) in full else found

    monkeypatch.setattr(shutil, "disk_usage", asked)


def test_the_disk_of_the_instance_folder_is_the_one_that_counts(ready, monkeypatch):
    _full(monkeypatch, Path("/"))
    assert _ask(ready)[0] == 200
    _full(monkeypatch, ready.settings.instance_dir)
    assert _fails(ready, "disk") == "0 MiB left"


def test_the_disk_of_the_databases_file_counts_wherever_it_is(copies, tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    url = copies.fresh("sqlite", elsewhere)
    services = bootstrap.build(settings_for(url, tmp_path))
    with services.transaction() as session:
        outbox.renew(session, "worker-1", clock.now())
    _full(monkeypatch, Path(url.removeprefix("sqlite:///")))
    assert _fails(services, "disk") == "0 MiB left"
    services.database.dispose()


def _status(services):
    """What the page for people says of each part."""
    page = create_app(services).test_client().get("/status", base_url="http://127.0.0.1:8000")
    return dict(
        re.findall(r"<li[^>]*><span><b>(\w+)</b>.*?<span class=\"badge[^>]*>([^<]+)<", page.text)
    )


def test_people_are_told_that_a_disk_or_a_schema_does_not_work_and_a_worker_is_away(
    ready, monkeypatch
):
    works = dict.fromkeys(("Database", "Schema", "Panel", "Disk"), "Works")
    assert _status(ready) == works
    monkeypatch.setattr(health, "LEAST_DISK", 2**60)
    assert _status(ready) == works | {"Disk": "Does not work"}
    migrations.downgrade(ready.database, "-1")
    told = {"Disk": "Does not work", "Schema": "Does not work"}
    assert _status(ready) == works | told
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        assert _status(ready) == works | told | {"Panel": "Away"}


def test_people_are_told_that_a_database_is_away(tmp_path):
    services = bootstrap.build(settings_for("sqlite:////nowhere/polis.db", tmp_path))
    assert _status(services)["Database"] == "Away"


def test_a_database_without_tables_is_told(kind, copies, tmp_path):
    services = bootstrap.build(settings_for(copies.empty(kind, tmp_path), tmp_path))
    status, answer = _ask(services)
    assert status == 503
    assert answer["checks"]["database"] != "ok"
    assert "SELECT" not in str(answer)
    services.database.dispose()


@pytest.mark.parametrize(
    "url", ["postgresql://nobody:secret@127.0.0.1:1/none", "sqlite:////nowhere/polis.db"]
)
def test_a_database_that_is_away_is_told_without_its_address(tmp_path, url):
    services = bootstrap.build(settings_for(url, tmp_path))
    status, answer = _ask(services)
    assert (status, answer["checks"]["database"]) == (503, "away")
    assert "secret" not in str(answer)
    assert _ask(services, "/healthz")[0] == 200
