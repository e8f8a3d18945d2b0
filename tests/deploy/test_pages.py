"""The pages for operators, block by block in a clean folder: from nothing to a `/readyz` that says 200."""

import re
import shlex
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from threading import Event

import click
import pytest

from app import __version__
from app.cli import polis
from app.docs.published import published
from tests.deploy import dockerfile, lent
from tests.deploy.backing_up import DOCKER, LATE, backed_up_at_night, kept, settings_of
from tests.deploy.machine import NAME, Machine, fresh, released
from tests.deploy.units import parsed
from tests.factories import settings_for
from tests.needed import needed
from tests.rounds import rounds
from tests.served import READY_WITHIN_S, ROOT, free_port

FENCE = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WHOLE = rounds(10) == 10  # then pip itself installs


def blocks(slug: str, language: str, tmp_path) -> dict[str, str]:
    """The blocks of a page in one language, by what they are called."""
    docs = published(settings_for("", tmp_path))
    found = FENCE.findall(docs.text(docs.page(slug)))
    return {caption: text for spoken, caption, text in found if spoken == language}


@pytest.fixture
def machine():
    with fresh() as made:
        yield made


def test_a_stranger_comes_from_a_fresh_machine_to_a_ready_installation(machine, tmp_path):
    shell = blocks("self-hosting", "sh", tmp_path)
    release(machine)
    machine.run(shell.pop("The name of your installation: put yours here"))
    machine.run(shell.pop("Packages, a user, a folder"))
    if not WHOLE:
        lend(machine)
    machine.run(shell.pop("The code"), **({"PIP_NO_INDEX": "0"} if WHOLE else {}))
    machine.run(shell.pop("Settings and secrets, readable by root alone"))
    machine.stub("curl")
    machine.run(shell.pop("Start"))
    assert "systemctl enable --now polis" in machine.done
    with unit(machine, "polis.service") as base:
        ready(base)
        machine.run(shell.pop("A command for this machine"))
        machine.run(shell.pop("The first account"))
        assert "polis_workers 2\n" in machine.run("polis metrics")
        figures_are_shut(base)
        machine.run(shell.pop("A backup now, and one every night"))
        backed_up_at_night(machine, "polis-backup.service")
        machine.run(shell.pop("One more, while everything runs"))
        machine.run(f"polis user create {LATE} --password 'correct horse'")
    machine.run(shell.pop("Look at the newest, writing nothing"))
    machine.run(shell.pop("Restore the newest in the place of what is there"))
    assert [*map(len, kept(machine))] == [14, 1, 1]
    machine.run(f"! polis grant {LATE} --tokens 1")
    with unit(machine, "polis.service") as base:
        ready(base)
    settings = machine.at("/etc/polis.env")
    assert settings.stat().st_mode & 0o077 == 0
    assert machine.at("/var/lib/polis").stat().st_mode & 0o077 == 0
    for caption in ("Caddy", "nginx", "Firewall"):
        machine.run(shell.pop(caption))
    (asked,) = [line for line in machine.done if line.startswith("certbot certonly")]
    assert "--webroot --webroot-path /var/www/html --deploy-hook systemctl reload nginx" in asked
    in_containers(machine, shell)
    assert shell.keys() == {""}, "a block nobody tries"
    assert "ufw allow 80,443/tcp" in machine.done
    for path in ("/etc/caddy/Caddyfile", "/etc/nginx/conf.d/polis.conf"):
        assert set(re.findall(r"[\w.]*polis\.example", machine.at(path).read_text())) == {NAME}


def in_containers(machine: Machine, shell: dict[str, str]) -> None:
    machine.run(shell.pop("With Docker"))
    stage, _ = dockerfile.read(machine.at("/opt/polis/Dockerfile"))
    copied = {each for words in stage.all("COPY") for each in words.split()[:-1]}
    assert {each for each in copied if not (machine.at("/opt/polis") / each).exists()} == set()
    assert machine.at("/opt/polis/.env").read_text() == f"POLIS_DOMAIN={NAME}\n"
    machine.run(shell.pop("Take up new settings"))
    machine.stub("docker", DOCKER.format(folder=machine.folder))
    machine.run(shell.pop("A backup now, and one every night, of containers"))
    backed_up_at_night(machine, "polis-backup.service")
    machine.run(f"polis user create {LATE} --password 'correct horse'")
    machine.run(shell.pop("Restore the newest, in containers"))
    machine.run(f"! polis grant {LATE} --tokens 1")


TAKEN = {
    "POLIS_DATABASE_URL=postgresql://polis:x@db/polis?sslmode=require&connect_timeout=2":
        "postgresql://polis:x@db/polis?sslmode=require&connect_timeout=2",
    "POLIS_SMTP_PASSWORD=$HOME `id` $(id) ; # & | > ' *": "$HOME `id` $(id) ; # & | > ' *",
    "POLIS_SMTP_FROM=\"Polis 'the panel' <polis@polis.example>\"": "Polis 'the panel' <polis@polis.example>",
    "POLIS_SMTP_USER='a\\b \"c\" '": 'a\\b "c" ',
    "  POLIS_SUPPORT_EMAIL=help@polis.example  ": "help@polis.example",
    "POLIS_ENGINE_MODEL=": "",
    "OTEL_EXPORTER_OTLP_HEADERS=key=a=b": "key=a=b",
    "https_proxy=http://proxy.internal:3128": "http://proxy.internal:3128",
}  # fmt: skip
BESIDE = ["# POLIS_BILLING=stripe", "; POLIS_BILLING=stripe", "", "   "]
SYSTEMDS = Path("/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator")


@pytest.fixture
def commanding(machine, tmp_path) -> Callable[..., str]:
    """Writes the file of settings, and runs a command that tells the environment it was given."""
    program = machine.at("/opt/polis/.venv/bin/polis")
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\nexec env\n")
    program.chmod(0o755)
    machine.run(blocks("self-hosting", "sh", tmp_path)["A command for this machine"])

    def command(*lines: str, shell: str = "polis") -> str:
        machine.at("/etc/polis.env").write_text("\n".join(lines))  # the last one without its end
        return machine.run(shell)

    return command


def test_a_command_takes_each_setting_as_it_is_written_and_runs_none_of_it(commanding):
    given = dict(line.split("=", 1) for line in commanding(*BESIDE, *TAKEN).splitlines())
    wanted = {line.split("=")[0].strip(): value for line, value in TAKEN.items()}
    assert {name: given.get(name) for name in wanted} == wanted
    assert "POLIS_BILLING" not in given


def test_systemd_takes_the_same_lines_for_the_same_where_it_is_installed(tmp_path):
    """By its reader of environment.d, which reads alike but for dollars and empty values."""
    lines = [line for line, value in TAKEN.items() if value and "$" not in value]
    (tmp_path / "environment.d").mkdir()
    (tmp_path / "environment.d/polis.conf").write_text("\n".join([*BESIDE, *lines]))
    if SYSTEMDS.exists():
        told = subprocess.run(
            [SYSTEMDS], env={"XDG_CONFIG_HOME": str(tmp_path)}, capture_output=True, text=True, check=True
        ).stdout.splitlines()  # fmt: skip
        given = {line.split("=", 1)[0]: shlex.split(line.split("=", 1)[1]) for line in told}
        wanted = {line.split("=")[0].strip(): [TAKEN[line]] for line in lines}
        assert {name: given.get(name) for name in wanted} == wanted
        assert "POLIS_BILLING" not in given


@pytest.mark.parametrize(
    "line",
    [
        r"POLIS_SMTP_PASSWORD=a\b", r'POLIS_SMTP_PASSWORD="a\"b"', "POLIS_SMTP_PASSWORD='a'b",
        "POLIS_SMTP_PASSWORD='a", 'POLIS_SMTP_PASSWORD="', "POLIS_SMTP_PASSWORD= a", "POLIS_SMTP_PASSWORD=a\r",
        "POLIS_SMTP_PASSWORD = a", "export POLIS_SMTP_PASSWORD=a", "POLIS_SMTP_PASSWORD", "=a", "1=a",
    ],
)  # fmt: skip
def test_a_line_systemd_might_take_otherwise_stops_the_command_and_is_not_shown(line, commanding):
    told = commanding("# settings", f"{line}\n", shell="polis 2>&1 && exit 1 || true")
    (sentence,) = told.splitlines()
    assert re.fullmatch(
        r"polis: line 2 of \S+/etc/polis\.env: write NAME=value, or NAME='value'\.", sentence
    )


def test_shellcheck_finds_nothing_in_the_command_of_the_page(tmp_path):
    block = blocks("self-hosting", "sh", tmp_path)["A command for this machine"]
    checker = needed("shellcheck", "apt-get install shellcheck")
    (script,) = re.findall(r"<<'END'\n(.*?)^END$", block, re.MULTILINE | re.DOTALL)
    done = subprocess.run([checker, "-"], input=script, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_whatever_a_block_calls_was_installed_by_one_before(tmp_path):
    """A fresh machine has none of them, and the stubs of these tests hide it."""
    there: set[str] = set()
    for block in blocks("self-hosting", "sh", tmp_path).values():
        for line in block.replace("\\\n", " ").splitlines():
            there |= {*line.split()} if line.startswith("apt-get install") else set()
            called = {*re.findall(r"[a-z0-9-]+", line)} & BROUGHT
            assert called <= there, line


BROUGHT = {"python3", "openssl", "curl", "make", "caddy", "nginx", "certbot", "ufw"}


def test_the_next_version_and_more_machines_are_blocks_that_run(machine, tmp_path):
    shell = blocks("operate", "sh", tmp_path)
    release(machine)
    machine.at("/opt/polis").mkdir(parents=True)
    machine.at("/etc/polis.env").write_text("POLIS_SECRET_KEY=x\n")
    machine.run("tar -xzf polis.tar.gz -C /opt/polis --strip-components=1")
    for name in ("make", "polis", "journalctl"):
        machine.stub(name, "echo req_0123456789abcdef0123" if name == "journalctl" else "")
    for caption in (
        "A web machine",
        "A machine with two workers",
        "On one machine",
        "In containers",
    ):
        machine.run(shell.pop(caption))
    machine.run(shell.pop("What containers do, and what they say"))
    assert "systemctl enable --now polis-worker@1 polis-worker@2" in machine.done
    assert "polis migrate" in machine.done
    machine.run(shell.pop("One request from the edge to the workers"))
    for block in (shell.pop("OpenTelemetry"), shell.pop("Sentry")):
        (install, *_) = block.splitlines()
        lock = shlex.split(install)[-1].removeprefix("/opt/polis/")
        assert (ROOT / lock).exists()
        machine.run(block.replace(install, "true"))
    assert "POLIS_OTEL=on\n" in machine.at("/etc/polis.env").read_text()
    assert "POLIS_SENTRY_DSN=" in machine.at("/etc/polis.env").read_text()
    assert shell.keys() == {"The same on every machine", "Every minute, by cron"}


@pytest.mark.parametrize("slug", ["self-hosting", "operate"])
def test_every_command_a_page_calls_is_there_with_its_options(slug, tmp_path):
    text = "\n".join(blocks(slug, "sh", tmp_path).values())
    text = re.sub(r"\$\([^)]*\)", "x", text)
    called = re.findall(r"(?:^|web |inside |&& )polis ([^|>\n]+)", text, re.MULTILINE)
    assert called
    for line in called:
        command, words = polis, shlex.split(line)
        while isinstance(command, click.Group):
            command = command.commands[words.pop(0)]
        options = {option for each in command.params for option in each.opts}
        assert {word for word in words if word.startswith("--")} <= options, line


def release(machine: Machine) -> None:
    packed = released(machine.folder)
    assert packed.name == f"polis-{__version__}.tar.gz"
    packed.rename(machine.folder / "polis.tar.gz")


def lend(machine: Machine) -> None:
    """An environment with what the lock names in it, and the mark `scripts/venv.sh` leaves."""
    home, lock = machine.at("/opt/polis") / ".venv", ROOT / "requirements/runtime.txt"
    subprocess.run([machine.python, "-m", "venv", home], check=True)
    lent.lend(home, lock)
    digest = (
        "import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], 'rb').read()).hexdigest())"
    )
    with (home / ".lock-digest").open("w") as mark:
        subprocess.run([sys.executable, "-c", digest, lock], stdout=mark, check=True)


class unit:  # noqa: N801 # reads as the context it is
    """What a unit starts, as systemd would: its settings, its folder, its command, its end."""

    def __init__(self, machine: Machine, name: str) -> None:
        path = machine.at("/etc/systemd/system") / name
        self._service = parsed(path.read_text())["Service"]
        self._machine = machine
        self._port = free_port()

    def __enter__(self) -> str:
        at = self._machine.mapped
        self._log = (self._machine.folder / "journal").open("wb")
        self._process = subprocess.Popen(
            shlex.split(at(self._service["ExecStart"]).replace("8000", str(self._port))),
            cwd=at(self._service["WorkingDirectory"]),
            env={"PATH": "/usr/bin:/bin", **settings_of(self._machine)},
            stdout=self._log, stderr=self._log,
        )  # fmt: skip
        return f"http://127.0.0.1:{self._port}"

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(int(self._service["TimeoutStopSec"]))
        self._log.close()


def ready(base: str) -> None:
    pause = Event()
    for _ in range(READY_WITHIN_S * 5):
        try:
            with urllib.request.urlopen(f"{base}/readyz", timeout=5) as answer:
                assert answer.status == 200
                return
        except (urllib.error.URLError, OSError):
            pause.wait(0.2)
    raise AssertionError("never ready")


def figures_are_shut(base: str) -> None:
    """A token is set by the page, so not even this machine reads them without it."""
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{base}/metrics", timeout=5)
    with refused.value:
        assert refused.value.code == 404
