"""The units of systemd and the proxies' files: what systemd reads, and what the program takes."""

import re
import shlex
import shutil
import subprocess

import pytest

from app.cli import polis
from app.docs.published import published
from app.kit.supervisor import STOP_WITHIN_S
from app.settings import PREFIX, Settings
from app.tools.base import LONGEST_WAIT
from tests.deploy.units import ALL, FOLDER, UNITS, faults, read
from tests.factories import settings_for
from tests.needed import needed
from tests.served import ROOT

PROTECTED = {
    "NoNewPrivileges": "true", "ProtectSystem": "strict", "ProtectHome": "true", "PrivateTmp": "true",
    "CapabilityBoundingSet": "", "UMask": "0077", "User": "polis",
}  # fmt: skip

every_unit = pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)


@every_unit
def test_a_unit_runs_the_program_as_its_user_protected_and_gives_it_time_to_stop(path):
    unit = read(path)
    service = unit["Service"]
    assert {name: service[name] for name in PROTECTED} == PROTECTED
    assert service["Restart"] == "on-failure"
    assert unit["Install"]["WantedBy"] == "multi-user.target"


@every_unit
def test_a_unit_starts_what_there_is(path):
    program, *arguments = shlex.split(read(path)["Service"]["ExecStart"])
    folder, _, name = program.rpartition("/")
    assert folder == "/opt/polis/.venv/bin"
    if name == "polis":
        command = polis.commands[arguments[0]]
        options = {option for each in command.params for option in each.opts}
        assert {each for each in arguments if each.startswith("--")} <= options
    else:
        assert (name, arguments) == ("gunicorn", ["-c", "gunicorn.conf.py", "wsgi:app"])
        assert (ROOT / "gunicorn.conf.py").exists()


@every_unit
def test_a_unit_sets_settings_there_are(path):
    given = read(path)["Service"].get("Environment", "")
    names = re.findall(rf"{PREFIX}(\w+)=", given)
    assert {name.lower() for name in names} <= Settings.model_fields.keys()


@pytest.mark.parametrize("path", ALL, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_nothing_can_be_said_against_a_unit(path, tmp_path):
    """By systemd where it is installed, and by our own reading everywhere."""
    assert faults(path.read_text()) == []
    program = shutil.which("systemd-analyze")
    assert program is None or by_systemd(program, path, tmp_path) == (0, "")


def by_systemd(program: str, path, folder) -> tuple[int, str]:
    """What it says of a unit and of what that starts; programs are looked for on this machine."""
    service = path.with_suffix(".service")
    for each in {path, service}:
        text = re.sub(r"/opt/polis/\.venv/bin/\w+|/usr/bin/docker", "/bin/true", each.read_text())
        (folder / each.name).write_text(text)
    asked = [program, "verify", "--man=no", str(folder / path.name)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    "broken",
    [
        "[Service]\nExecStrat=/bin/true", "[Servce]\nExecStart=/bin/true", "[Service]\nExecStart=true",
        "[Service]\nRestart=sometimes", "[Service]\nProtectHome=strict", "[Timer]\nOnCalendar=03:00",
        "[Service]\nUMask=77", "[Unit]\nAfter=network-online", "[Install]\nRestart=always",
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_unit_is_seen_without_systemd_too(broken):
    assert faults(broken) == [" ".join(broken.split("\n"))]


def test_a_backup_is_made_every_night_by_its_user_in_the_one_folder_it_may_write():
    native, containers, timer = (
        read(FOLDER / name)
        for name in ("systemd/polis-backup.service", "compose/polis-backup.service", "systemd/polis-backup.timer")
    )  # fmt: skip
    assert {name: native["Service"][name] for name in PROTECTED} == PROTECTED
    assert native["Service"]["Type"] == containers["Service"]["Type"] == "oneshot"
    shell, script, folder, keep = native["Service"]["ExecStart"].split()
    assert (shell, script, keep) == ("/bin/sh", "/opt/polis/deploy/backup.sh", "14")
    assert native["Service"]["ReadWritePaths"] == folder
    assert f"--volume {folder}:/backup web sh deploy/backup.sh /backup 14" in containers["Service"]["ExecStart"]  # fmt: skip
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert timer["Timer"]["Persistent"] == "true"


@pytest.mark.parametrize(
    "path", sorted([*FOLDER.rglob("*.sh"), *ROOT.glob("scripts/*.sh")]), ids=lambda path: path.name
)
def test_shellcheck_finds_nothing_in_a_script(path):
    checker = needed("shellcheck", "apt-get install shellcheck")
    done = subprocess.run([checker, path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_where_a_backup_fails_nothing_is_deleted(tmp_path):
    old = [tmp_path / f"polis-2020-01-{day:02}" for day in range(1, 20)]
    for path in old:
        path.touch()
    (tmp_path / "polis").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "polis").chmod(0o755)
    asked = ["sh", str(FOLDER / "backup.sh"), str(tmp_path), "3"]
    path = f"{tmp_path}:/usr/bin:/bin"
    done = subprocess.run(asked, env={"PATH": path}, check=False)
    assert done.returncode == 1
    assert all(each.exists() for each in old)


def test_the_supervisor_stops_sooner_than_any_unit_loses_patience():
    patience = [int(read(path)["Service"]["TimeoutStopSec"]) for path in UNITS]
    assert min(patience) > STOP_WITHIN_S


def test_the_proxies_pass_on_what_polis_needs_and_keep_the_figures_to_themselves():
    nginx = (ROOT / "deploy/nginx/polis.conf").read_text()
    assert nginx.count("{") == nginx.count("}")
    proof = "location /.well-known/acme-challenge/ { root /var/www/html; }"
    assert proof in nginx.partition("listen 443")[0], "certbot renews while nginx has port 80"
    wanted = (
        "proxy_set_header Host $host;", "proxy_buffering off;", "location = /metrics { return 404; }",
        "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;", "client_max_body_size 2m;",
    )  # fmt: skip
    assert [each for each in wanted if each not in nginx] == []
    for name in ("caddy", "compose"):
        caddy = (ROOT / f"deploy/{name}/Caddyfile").read_text()
        assert caddy.count("{") == caddy.count("}")
        assert {"respond /metrics 404", "flush_interval -1"} <= {
            *map(str.strip, caddy.splitlines())
        }


def test_no_proxy_gives_up_before_the_longest_answer():
    text = "".join(path.read_text() for path in (ROOT / "deploy").rglob("*") if path.is_file())
    waits = re.findall(r"(?:read_timeout|response_header_timeout) (\d+)s", text)
    assert len(waits) == 5
    assert all(int(seconds) > LONGEST_WAIT for seconds in waits)


@pytest.mark.parametrize("slug", ["self-hosting", "operate"])
def test_the_pages_show_the_files_as_they_are(slug, tmp_path):
    docs = published(settings_for("", tmp_path))
    page = docs.text(docs.page(slug))
    shown = {name for name, text in files().items() if text in page}
    assert (
        shown
        == {
            "self-hosting": {
                "systemd/polis.service",
                "systemd/polis-backup.service",
                "systemd/polis-backup.timer",
                "compose/polis-backup.service",
                "caddy/Caddyfile",
                "nginx/polis.conf",
            },
            "operate": {"systemd/polis-web.service", "systemd/polis-worker@.service"},
        }[slug]
    )


def files() -> dict[str, str]:
    folder = ROOT / "deploy"
    return {
        path.relative_to(folder).as_posix(): path.read_text().strip()
        for part in ("systemd/*", "caddy/*", "nginx/*", "compose/*.service")
        for path in folder.glob(part)
    }
