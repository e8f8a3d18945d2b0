"""Nothing said means production, everywhere but where `make run` chose development before."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import bootstrap, demo_data
from tests.databases import DATABASES, Copies
from tests.factories import member, settings_for
from tests.flows.commands import ROOT, polis, refused

KIM = "kim@example.com"
AT_AN_INSTALLATION = [
    ("migrate",), ("user", "create", "--email", KIM, "--password", "correct horse"),
    ("key", "create", "--email", KIM, "--name", "x"), ("grant", "--email", KIM, "--tokens", "5"),
    ("token", "issue", "--email", KIM), ("backup", "copy"), ("metrics",), ("worker",),
    ("org", "resume", "org_x"), ("audit", "export"), ("doctor", "--data"), ("refund", "run_x"),
    ("app", "verify", "x"), ("client", "block", "x"), ("restore", "copy"), ("setup-stripe",),
    ("migrate-billing", "--from", "simulated", "--to", "off"),
]  # fmt: skip


def _unset(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return polis(*arguments, env="", **settings)


@pytest.mark.parametrize("arguments", AT_AN_INSTALLATION, ids=lambda words: " ".join(words[:2]))
def test_with_nothing_said_a_command_is_productions_and_makes_nothing(tmp_path, arguments):
    folder = tmp_path / "instance"
    sentence = refused(_unset(*arguments, instance_dir=str(folder)))
    assert "POLIS_SECRET_KEY" in sentence
    assert not folder.exists()


@pytest.fixture(params=DATABASES)
def settings(request, copies: Copies, tmp_path: Path) -> dict[str, str]:
    """A migrated installation with one person."""
    url = copies.fresh(request.param, tmp_path)
    its = bootstrap.build(settings_for(url, tmp_path))
    member(its, email=KIM)
    its.database.dispose()
    return {"database_url": url, "instance_dir": str(tmp_path)}


def _demonstrated(settings: dict[str, str]) -> None:
    its = bootstrap.build(settings_for(settings["database_url"], Path(settings["instance_dir"])))
    demo_data.ensure(its)
    its.database.dispose()


def test_no_token_is_issued_where_nobody_chose_development(settings):
    assert "POLIS_ENV=development" in refused(_unset("token", "issue", "--email", KIM, **settings))
    production = {"secret_key": "a long random string", "base_url": "https://polis.example"}
    done = _unset("token", "issue", "--email", KIM, billing="off", **production, **settings)
    assert "development" in refused(done)


def test_where_make_run_was_a_command_goes_on_in_development(settings):
    _demonstrated(settings)
    done = _unset("token", "issue", "--email", KIM, "--json", **settings)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["tokens"]) == 1
    assert _unset("migrate", **settings).returncode == 0


def test_productions_word_counts_where_a_demo_stands(settings):
    _demonstrated(settings)
    production = {"secret_key": "a long random string", "base_url": "https://polis.example"}
    done = polis("migrate", env="production", billing="off", **production, **settings)
    assert "POLIS_DATABASE_URL" in refused(done)


def test_gunicorn_with_nothing_said_is_production(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POLIS_")}
    done = subprocess.run(
        [sys.executable, "-c", "import wsgi"], cwd=ROOT, capture_output=True, text=True,
        env={**kept, "POLIS_INSTANCE_DIR": str(tmp_path / "instance")}, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "POLIS_SECRET_KEY" in done.stderr
    assert not (tmp_path / "instance").exists()
