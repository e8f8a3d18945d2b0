"""`polis doctor` against an installation of our own, as an operator runs it."""

import json
import re
import subprocess
import sys
import urllib.request
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sqlalchemy import func, select

from app import bootstrap
from app.adapters.doctor.person import Person
from app.models.clients import Client
from app.models.grants import Grant
from app.settings import Settings
from tests.served import ROOT, Served

STEPS = [
    "challenge", "resource metadata", "server metadata", "openid discovery", "registration",
    "authorization", "token", "initialize", "tools", "account", "refresh", "revocation", "removal",
]  # fmt: skip
SECRET = re.compile(r"polis_(?:ac|at|rt|crt)_\w+")


@pytest.fixture(scope="module")
def served(copies, tmp_path_factory):
    folder = tmp_path_factory.mktemp("doctor")
    with Served(copies.fresh("sqlite", folder), folder) as installation:
        yield installation


def _command(served, *arguments):
    return [sys.executable, "-m", "app.cli", "doctor", served.base, *arguments]


def _doctor(served, *arguments):
    return subprocess.run(
        _command(served, *arguments),
        cwd=ROOT, env=served.environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def _account(served, **more):
    facts = {name: served.demo[name] for name in ("email", "password")} | more
    return [f"--{name}={value}" for name, value in facts.items()]


def _left(served):
    """Clients and grants that still live."""
    facts = {
        "env": "development",
        "database_url": served.environment["POLIS_DATABASE_URL"],
        "instance_dir": served.folder,
    }
    services = bootstrap.build(Settings.model_validate(facts))
    with services.database.reading() as session:
        clients = session.scalar(
            select(func.count()).select_from(Client).where(Client.ended_at.is_(None))
        )
        grants = session.scalar(
            select(func.count()).select_from(Grant).where(Grant.ended_at.is_(None))
        )
    services.database.dispose()
    return clients, grants


def test_all_three_clients_get_through_and_leave_nothing(served):
    done = _doctor(served, *_account(served), "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert [report["as"] for report in told["reports"]] == ["claude", "chatgpt", "cli"]
    for report in told["reports"]:
        verdicts = [(step["name"], step["verdict"]) for step in report["steps"]]
        assert verdicts == [(name, "ok") for name in STEPS]
    assert SECRET.findall(done.stdout) == []
    assert _left(served) == (0, 0)


def test_it_waits_for_a_person_at_a_browser(served):
    demo = served.demo
    with subprocess.Popen(
        _command(served, "--as", "cli"),
        cwd=ROOT, env=served.environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as waiting:  # fmt: skip
        assert waiting.stderr
        waiting.stderr.readline()
        address = waiting.stderr.readline().strip()
        back = parse_qs(urlsplit(address).query)["redirect_uri"][0]
        came = Person(served.url, demo["email"], demo["password"]).approve(address, back)
        with urllib.request.urlopen(f"{back}?{urlencode(came)}", timeout=20) as page:
            assert b"You may close this page" in page.read()
        told, _ = waiting.communicate(timeout=60)
    assert waiting.returncode == 0, told
    assert "a command-line client" in told
    assert "gets through" in told


def test_without_an_account_a_vendors_client_goes_as_far_as_it_can(served):
    done = _doctor(served, "--as", "claude")
    assert done.returncode == 0, done.stderr
    assert "Its code goes to claude.ai" in done.stdout
    (verdict, *_) = done.stdout.splitlines()
    assert verdict.endswith(
        "gets through as far as was tried; authorization and what follows were not"
    )
    assert _left(served) == (0, 0)


def test_a_wrong_password_ends_at_the_authorization(served):
    done = _doctor(served, "--as", "claude", *_account(served, password="not this one"), "--json")
    assert done.returncode == 1
    steps = {step["name"]: step for step in json.loads(done.stdout)["reports"][0]["steps"]}
    assert steps["authorization"]["verdict"] == "failed"
    assert steps["token"]["verdict"] == "skipped"
    assert "not this one" not in done.stdout


def test_a_path_that_is_no_endpoint_fails(served):
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "doctor", f"{served.base}/nothing", "--through",
         "metadata", "--as", "cli"],
        cwd=ROOT, env=served.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "(challenge)" in done.stdout


def test_a_password_goes_to_no_other_server(served):
    person = Person(served.url, "kim@example.com", "a password")
    assert person.approve("http://other.example/oauth/authorize", "http://127.0.0.1/cb") == {}
