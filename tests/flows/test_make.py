"""`make run` on a machine of one's own: what it prints, what it keeps, and what stops it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.flows.commands import ROOT, refused
from tests.served import Served, free_port, rpc

NOBODY = 65_534
NEW_ENOUGH = "#!/bin/sh\nexit 0\n"
TOO_OLD = '#!/bin/sh\n[ "$1" = -V ] && echo Python 3.10.12 && exit 0\nexit 1\n'
ADDING = re.compile(
    r'claude mcp add --transport http polis (\S+) --header "Authorization: Bearer (\S+)"'
)


@pytest.fixture(scope="module")
def twice(copies, tmp_path_factory) -> tuple[Served, list[bytes]]:
    """Served, stopped, and served again from the same folder; and its `demo.json` each time."""
    folder = tmp_path_factory.mktemp("twice") / "instance"
    folder.mkdir()
    with Served(copies.empty("sqlite", folder), folder, worker_processes="1") as its:
        kept = [(folder / "demo.json").read_bytes()]
        its.stop()
        its.start()
        kept.append((folder / "demo.json").read_bytes())
        yield its, kept


def test_every_start_prints_the_same_key_and_it_is_for_its_owner_alone(twice):
    its, (first, second) = twice
    assert first == second
    assert (its.folder / "demo.json").stat().st_mode & 0o777 == 0o600
    assert len(ADDING.findall(its.log)) == 2
    assert len(set(ADDING.findall(its.log))) == 1


def test_the_banner_has_the_address_the_sign_in_and_both_keys(twice):
    its, _ = twice
    banner = its.log[: its.log.index("claude mcp add")]
    for told in (its.base, its.url, "email", "password", "api_key", "test_key"):
        assert str(its.demo.get(told, told)) in banner


def test_the_line_for_claude_works_as_it_is_printed(twice):
    its, _ = twice
    url, key = ADDING.findall(its.log)[-1]
    assert (url, key) == (its.url, its.demo["api_key"])
    assert "tools" in rpc(url, key, "tools/list", {})["result"]


def _serve(tmp_path: Path, port: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POLIS_")}
    return subprocess.run(
        [sys.executable, "-m", "app.cli", "serve"],
        cwd=ROOT, env={**kept, "PORT": port, "POLIS_INSTANCE_DIR": str(tmp_path)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_port_says_where_it_is_served(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        sentence = refused(_serve(tmp_path, str(port)))
    assert f"Port {port} on 127.0.0.1 cannot be used" in sentence
    assert f"PORT={port % 65535 + 1} make run" in sentence


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "8000.5"])
def test_a_port_that_is_none_is_one_sentence(tmp_path, port):
    assert f"PORT is '{port}'" in refused(_serve(tmp_path, port))


def test_a_folder_nobody_can_make_is_one_sentence():
    sentence = refused(_serve(Path("/proc/polis"), str(free_port())))
    assert "/proc/polis" in sentence
    assert "POLIS_INSTANCE_DIR" in sentence


@pytest.fixture
def house():
    """A copy of what sets things up, which everybody may read."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        shutil.copytree(ROOT / "scripts", folder / "scripts")
        (folder / "empty.txt").touch()
        yield folder


def _set_up(house: Path, python: str | Path, **more) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "scripts/venv.sh", ".venv", "empty.txt"],
        cwd=house, env={**os.environ, "PYTHON": str(python)},
        capture_output=True, text=True, timeout=120, check=False, **more,
    )  # fmt: skip


def _program(house: Path, text: str) -> Path:
    program = house / "python"
    program.write_text(text)
    program.chmod(0o755)
    return program


def test_a_python_that_is_too_old_is_one_sentence(house):
    sentence = refused(_set_up(house, _program(house, TOO_OLD)))
    assert sentence.startswith("Python 3.10.12 is too old; install Python 3.11 or newer")


def test_no_python_at_all_is_one_sentence(house):
    assert "install Python 3.11 or newer" in refused(_set_up(house, "no-such-python"))


def test_a_folder_one_may_not_write_is_one_sentence(house):
    program = _program(house, NEW_ENOUGH)
    house.chmod(0o555)
    other = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    sentence = refused(_set_up(house, program, **other))
    house.chmod(0o755)
    assert sentence.startswith(f"{house} cannot be written")


def test_what_is_installed_already_is_not_installed_again(house):
    first, second = (_set_up(house, sys.executable) for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "Installing empty.txt" in first.stderr
    assert second.stderr == ""
    (house / "empty.txt").write_text("# another lock\n")
    assert "Installing empty.txt" in _set_up(house, sys.executable).stderr


def test_make_run_serves_from_the_environment_it_made():
    done = subprocess.run(
        ["make", "--no-print-directory", "-n", "run"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert done.stdout.splitlines()[-2:] == [
        "sh scripts/install.sh runtime", "exec .venv/bin/polis serve",
    ]  # fmt: skip
