"""The image, step by step in a clean folder: what it runs, as whom, and what it can write."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest
import yaml

from app.adapters.engines.embedded.heads.figures import FILE
from app.settings import PREFIX, Settings
from tests.deploy import dockerfile
from tests.deploy.machine import NOBODY, Machine, fresh, tracked
from tests.rounds import rounds
from tests.served import READY_WITHIN_S, ROOT, free_port

BUILD, FINAL = dockerfile.read(ROOT / "Dockerfile")
PIP = ".venv/bin/python -m pip install --quiet --no-cache-dir"
WHOLE = rounds(10) == 10  # then pip itself installs


def test_the_second_stage_has_no_compiler_no_pip_and_runs_as_nobody_in_particular():
    assert BUILD.image == FINAL.image == "python:${PYTHON}"
    assert "-slim-" in (ROOT / "Dockerfile").read_text()
    (copied,) = FINAL.all("COPY")
    assert copied == f"--from={BUILD.name} /opt/polis /opt/polis"
    (run,) = FINAL.all("RUN")
    assert "pip uninstall" in run
    assert not re.search(r"gcc|build-essential|-dev\b|curl|git\b", run)
    assert "--no-install-recommends" in run
    assert FINAL.all("USER") == ["polis"]
    after = FINAL.steps[FINAL.steps.index(("USER", "polis")) :]
    assert not {"RUN", "COPY"} & {name for name, _ in after}


def test_everything_is_installed_from_a_lock_with_hashes():
    installs = re.findall(r"pip install[^&|;]*", " ".join(BUILD.all("RUN")))
    assert len(installs) == 2
    for each in installs:
        assert "--require-hashes" in each or "--no-build-isolation -e ." in each
        assert "--no-deps" in each


def test_the_environment_names_settings_there_are():
    named = {name for name in FINAL.environment() if name.startswith(PREFIX)}
    assert named
    assert {name.removeprefix(PREFIX).lower() for name in named} <= Settings.model_fields.keys()


def test_chromium_comes_only_where_it_is_asked_for(machine):
    (run,) = FINAL.all("RUN")
    machine.stub("python3")
    run = run.replace("rm -rf /var/lib/apt/lists/*", "true")
    machine.run(run, CHROMIUM="", POSTGRESQL="17")
    assert [line for line in machine.done if "chromium" in line] == []
    machine.run(run, CHROMIUM="yes", POSTGRESQL="17")
    assert any("chromium" in line for line in machine.done if line.startswith("apt-get"))
    made = next(line for line in machine.done if line.startswith("useradd"))
    assert f"--uid {NOBODY}" in made
    assert "nologin" in made


@pytest.fixture
def machine():
    with fresh() as made:
        yield made


@pytest.fixture(scope="module")
def image():
    """The build stage carried out: what the final stage copies, and a folder it may write."""
    with fresh() as made:
        home = made.at("/opt/polis")
        home.mkdir(parents=True)
        context = {name for name in tracked() if in_context(name)}
        for instruction, words in BUILD.steps:
            if instruction == "COPY":
                copy(words.split(), context, home)
            elif instruction == "RUN":
                build(made, words)
        instance = made.at("/var/lib/polis")
        instance.mkdir(parents=True)
        if made.others:
            os.chown(instance, NOBODY, NOBODY)
        made.run("chmod -R a-w,a+rX /opt/polis")
        yield made
        made.run("chmod -R u+w /opt/polis")


def test_the_image_has_no_pip_and_nothing_to_compile_at_its_start(image):
    home = image.at("/opt/polis")
    assert list(home.glob(".venv/lib/python*/site-packages/pip")) == []
    assert (home / "app/__pycache__").is_dir()
    assert not (home / "tests").exists()
    assert (home / FILE.relative_to(ROOT)).read_bytes() == FILE.read_bytes()
    assert not (home / ".git").exists()


def test_migrate_web_worker_and_their_checks_run_as_nobody_on_code_they_cannot_write(image):
    environment = facts(image)
    settled = run(image, ["polis", "migrate"], environment)
    assert settled.returncode == 0, settled.stderr
    asleep = run(image, health("web"), environment)
    assert asleep.returncode == 1, "nothing runs yet"
    with (
        started(image, FINAL.command(), environment) as web,
        started(image, ["polis", "worker"], environment) as worker,
    ):
        for kind in ("web", "worker"):
            well(image, health(kind), environment)
        assert web.poll() is None
        assert worker.poll() is None
    tired = run(image, health("worker"), environment)
    assert tired.returncode == 1, "the worker said goodbye"
    assert (web.returncode, worker.returncode) == (0, 0)


def test_the_image_has_the_client_of_the_postgresql_that_compose_runs(machine):
    (client,) = [each for each in FINAL.all("ARG") if each.startswith("POSTGRESQL=")]
    database = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["database"]
    assert database["image"] == f"postgres:{client.partition('=')[2]}-alpine"
    (run,) = FINAL.all("RUN")
    machine.stub("python3")
    machine.run(run.replace("rm -rf /var/lib/apt/lists/*", "true"), POSTGRESQL="17", CHROMIUM="")
    installed = next(line for line in machine.done if line.startswith("apt-get install"))
    assert installed.split()[-1] == "postgresql-client-17"


def test_backup_and_restore_run_as_nobody_into_a_folder_of_theirs(image):
    environment = facts(image)
    assert run(image, ["polis", "migrate"], environment).returncode == 0
    folder = image.at("/backup")
    folder.mkdir(exist_ok=True)
    if image.others:
        os.chown(folder, NOBODY, NOBODY)
    file = str(folder / "polis.backup")
    made = run(image, ["polis", "backup", file], environment)
    assert made.returncode == 0, made.stderr
    looked = run(image, ["polis", "restore", file, "--dry-run"], environment)
    assert looked.returncode == 0, looked.stderr


def health(kind: str) -> list[str]:
    """The command of HEALTHCHECK, for web or worker."""
    *command, told = FINAL.command("HEALTHCHECK")
    assert told == "web"
    return [*command, kind]


def facts(image: Machine) -> dict[str, str]:
    given = {name: image.mapped(value) for name, value in FINAL.environment().items()}
    return {
        **given,
        "PATH": f"{image.at('/opt/polis')}/.venv/bin:/usr/bin:/bin",
        "POLIS_BIND": f"0.0.0.0:{free_port()}",
        "POLIS_BASE_URL": "https://polis.example",
        "POLIS_BILLING": "off",
        "POLIS_SECRET_KEY": "a secret of the tests alone",
    }


def run(
    image: Machine, command: list[str], environment: dict[str, str]
) -> subprocess.CompletedProcess:
    return subprocess.run(
        image.as_nobody(command), cwd=image.at("/opt/polis"), env=environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


class started:  # noqa: N801 # reads as the context it is
    """A process of the image, told to stop at the end of the block."""

    def __init__(self, image: Machine, command: list[str], environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            image.as_nobody(command), cwd=image.at("/opt/polis"), env=environment
        )

    def __enter__(self) -> subprocess.Popen:
        return self._process

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(45)


def well(image: Machine, command: list[str], environment: dict[str, str]) -> None:
    """Ask as Docker does, until the answer is yes."""
    pause = Event()
    for _ in range(READY_WITHIN_S * 2):
        answer = run(image, command, environment)
        if answer.returncode == 0:
            return
        pause.wait(0.3)
    raise AssertionError(answer.stderr)


def in_context(name: str) -> bool:
    """Whether .dockerignore, which shuts everything out first, lets a file in."""
    first, *rules = [
        line
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line[:1] not in {"", "#"}
    ]
    assert first == "*"
    allowed = [rule[1:] for rule in rules if rule.startswith("!")]
    barred = [rule for rule in rules if not rule.startswith("!")]
    assert "deploy/compose/secrets" in barred
    let_in = any(name == each or name.startswith(f"{each}/") for each in allowed)
    return let_in and not any(name.startswith(f"{each}/") for each in barred)


def copy(words: list[str], context: set[str], home: Path) -> None:
    *sources, target = words
    for source in sources:
        chosen = {name for name in context if name == source or name.startswith(f"{source}/")}
        assert chosen, f"nothing of {source} is in the context"
        for name in chosen:
            rest = Path(name).name if len(sources) > 1 else name.removeprefix(source).lstrip("/")
            to = home / target / rest
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, to)


def build(made: Machine, words: str) -> None:
    assert PIP in words or "pip install" not in words or "-e ." in words
    if not WHOLE:
        words = words.replace(PIP, f"PYTHONPATH={ROOT} {sys.executable} -m tests.deploy.lent .venv")
    made.run(words, "/opt/polis", EXTRAS="", **({"PIP_NO_INDEX": "0"} if WHOLE else {}))
