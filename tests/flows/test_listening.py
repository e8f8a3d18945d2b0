"""Where web listens and with how many: settings like all others, for gunicorn and for `polis serve`."""

import os
import signal
import subprocess
import sys
import urllib.request

import pytest

from app.kit.supervisor import NEVER
from tests.flows.commands import ROOT, polis, refused
from tests.served import Served, free_port

GUNICORN = ["-m", "gunicorn", "-c", "gunicorn.conf.py"]
PRODUCTION = {
    "POLIS_ENV": "production", "POLIS_SECRET_KEY": "a long random string", "POLIS_BASE_URL": "https://polis.example",
    "POLIS_BILLING": "off",
}  # fmt: skip


def run(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A program of this environment with these settings and no others of Polis."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POLIS_")}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT, env={**kept, **settings}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture
def database(copies, tmp_path) -> dict[str, str]:
    return {
        "POLIS_DATABASE_URL": copies.fresh("sqlite", tmp_path),
        "POLIS_INSTANCE_DIR": str(tmp_path),
        "POLIS_ENV": "development",
    }


WHOLE = "write a whole number."
ADDRESS = "must be a host and a port, such as 127.0.0.1:8000 or [::]:8000."


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("POLIS_WEB_PROCESSES", "abc", WHOLE),
        ("POLIS_WEB_PROCESSES", "2.5", WHOLE),
        ("POLIS_WEB_THREADS", "many", WHOLE),
        ("POLIS_BIND", "nonsense", ADDRESS),
        ("POLIS_SECRET_KEY", "short", "Each key of POLIS_SECRET_KEY must have"),
    ],
)
def test_gunicorn_ends_with_the_one_sentence_that_says_what_to_set(name, value, sentence):
    done = run(*GUNICORN, "--check-config", "wsgi:app", **{**PRODUCTION, name: value})
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (NEVER, "", 1)
    assert done.stderr.startswith(
        ("polis: " if name in sentence else f"polis: {name}: ") + sentence
    )


def test_polis_serve_ends_with_it_too():
    assert refused(polis("serve", bind="nonsense")) == f"POLIS_BIND: {ADDRESS}"


def test_what_may_have_passed_the_next_time_has_another_end(tmp_path):
    """A database that is away is waited for, by whoever supervises."""
    away = {"POLIS_DATABASE_URL": "postgresql://127.0.0.1:9/polis", "POLIS_INSTANCE_DIR": str(tmp_path)}  # fmt: skip
    done = run(*GUNICORN, "--check-config", "wsgi:app", **PRODUCTION, **away)
    assert done.returncode not in {0, NEVER}
    assert "See that it runs, and POLIS_DATABASE_URL." in done.stderr


def test_an_empty_one_is_the_default_and_a_file_is_read(database, tmp_path):
    (tmp_path / "processes").write_text("3\n")
    given = {
        "POLIS_WEB_PROCESSES_FILE": str(tmp_path / "processes"),
        "POLIS_WEB_THREADS": "", "POLIS_BIND": "",
    }  # fmt: skip
    done = run(*GUNICORN, "--print-config", "wsgi:app", **database, **given)
    assert done.returncode == 0, done.stderr
    told = dict(line.split("=", 1) for line in done.stdout.replace(" ", "").splitlines())
    found = told["workers"], told["threads"], told["bind"]
    assert found == ("3", "8", "['127.0.0.1:8000']")


@pytest.fixture
def served(copies, tmp_path):
    """Listening where POLIS_BIND says, with figures' token in a file."""
    (tmp_path / "token").write_text("a token for figures")
    its = Served(
        copies.fresh("sqlite", tmp_path), tmp_path, worker_processes="1", web_processes="",
        metrics_token_file=str(tmp_path / "token"),
    )  # fmt: skip
    its._arguments = ["serve"]
    its.environment["POLIS_BIND"] = f"127.0.0.1:{its.port}"
    with its:
        yield its


def test_polis_serve_listens_where_polis_bind_says_and_ends_when_web_cannot_come_back(served):
    with urllib.request.urlopen(f"{served.base}/healthz", timeout=5) as answer:
        assert answer.status == 200
    assert served.base in served.log, "its address follows, where none was set"
    assert "Listening on" not in served.log
    (served.folder / "token").unlink()
    (master,) = served.children("gunicorn")
    os.kill(master, signal.SIGKILL)
    assert served._process.wait(60) == 1
    last = [line for line in served.log.splitlines() if "POLIS_METRICS_TOKEN_FILE" in line]
    assert len(last) == 1
    assert served.children("worker") == []


@pytest.mark.parametrize(
    ("more", "bind", "where"),
    [
        (("--port", "{port}"), "127.0.0.1:8123", "127.0.0.1:{port}"),
        ((), "0.0.0.0:{port}", "127.0.0.1:{port}"),
        (("--host", "::1"), "127.0.0.1:{port}", "[::1]:{port}"),
    ],
)
def test_where_polis_bind_does_not_count_a_word_is_said(tmp_path, more, bind, where):
    port = str(free_port())
    more, bind, where = [each.format(port=port) for each in more], bind.format(port=port), where.format(port=port)  # fmt: skip
    done = polis("serve", *more, bind=bind, instance_dir="/proc/polis")  # it gets no further
    told = [line for line in done.stderr.splitlines() if "Listening" in line]
    assert len(told) == 1, done.stderr
    assert told[0].startswith(f"polis: Listening on {where}, not on POLIS_BIND's {bind}: --host,")


def test_what_polis_serve_chooses_may_stand_in_a_file(tmp_path):
    for name, value in {"env": "production", "base_url": "https://polis.example"}.items():
        (tmp_path / name).write_text(value)
    files = {f"{name}_file": str(tmp_path / name) for name in ("env", "base_url")}
    sentence = refused(polis("serve", env="", instance_dir=str(tmp_path), **files))
    assert sentence.startswith("Set POLIS_SECRET_KEY to a long random string")
