"""Whoever runs compose.yaml can give every setting there is, and every secret by a file alone."""

import re
import stat
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
import yaml

from app.settings import PREFIX, Settings, from_environment
from tests.deploy import dockerfile
from tests.served import ROOT

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
OURS = ("migrate", "web", "worker")
SERVICES = {name: COMPOSE["services"][name] for name in OURS}
_, FINAL = dockerfile.read(ROOT / "Dockerfile")
FOLDER = "deploy/compose"
FIELDS = Settings.model_fields
SECRET = {name for name, field in FIELDS.items() if not field.repr} | {"database_url"}
OWN = {"base_url", "trusted_proxies"}  # the domain's and the network's, not to be given twice
# What the rules of a start allow only together.
WITH = {
    "engine": {"engine_model": "m", "engine_base_url": "http://model.internal:8000/v1"},
    "billing": {"stripe_secret_key": "sk_test_1"},
}
WORDS = {
    "database_url": "postgresql://polis:x@elsewhere/polis",
    "queue_url": "redis://redis:6379/0",
    "secret_key": "another-secret-of-sixteen",
    "stripe_webhook_secret": "whsec_1",
    "engine_base_url": "http://model.internal:8000/v1",
    "smtp_port": "2525",
    "bind": "0.0.0.0:9000",
}


@pytest.fixture
def made(tmp_path) -> Path:
    """What `secrets.sh` makes in a clean folder."""
    script = tmp_path / FOLDER / "secrets.sh"
    script.parent.mkdir(parents=True)
    script.write_text((ROOT / FOLDER / "secrets.sh").read_text())
    subprocess.run(["sh", str(script)], check=True)
    return script.parent


def environment(name: str, made: Path) -> dict[str, str]:
    """A container's, as compose puts it together: the image's, the files', its own."""
    service, root = SERVICES[name], made.parents[1]
    given = FINAL.environment()
    for file in service["env_file"]:
        lines = (root / file).read_text().splitlines()
        given |= dict(line.split("=", 1) for line in lines)
    given |= service["environment"]
    given["POLIS_BASE_URL"] = re.sub(r"\$\{POLIS_DOMAIN:[^}]*\}", "polis.example", given["POLIS_BASE_URL"])  # fmt: skip
    places = {f"/run/secrets/{each}": COMPOSE["secrets"][each]["file"] for each in service["secrets"]}  # fmt: skip
    return {each: str(root / places[value]) if value in places else value for each, value in given.items()}  # fmt: skip


def give(made: Path, setting: str, value: str) -> None:
    """As the head of compose.yaml says."""
    if setting in SECRET:
        (made / "secrets" / f"polis_{setting}").write_text(value)
    else:
        with (made / "polis.env").open("a") as settings:
            settings.write(f"{PREFIX}{setting.upper()}={value}\n")


def other(setting: str) -> str:
    """A value that is not the default."""
    field = FIELDS[setting]
    default = field.default
    if setting in WORDS:
        return WORDS[setting]
    if isinstance(default, bool):
        return "off" if default else "on"
    if isinstance(default, int | Decimal):
        return str(default + 1)
    if isinstance(default, tuple):
        return "10.9.0.0/16"
    choices = [each for each in get_args(field.annotation) if isinstance(each, str) and each]
    wanted = [each for each in choices if each != default]
    return wanted[0] if wanted else "7"


@pytest.mark.parametrize("setting", sorted(FIELDS.keys() - OWN))
def test_every_setting_can_be_given(setting, made):
    if setting != "env":
        give(made, "env", "development")  # where a start refuses nothing that we try here
    before = getattr(from_environment(environment("web", made)), setting)
    for each, value in {setting: other(setting), **WITH.get(setting, {})}.items():
        give(made, each, value)
    assert getattr(from_environment(environment("web", made)), setting) != before


def test_all_that_run_our_image_are_given_the_same(made):
    assert environment("web", made) == environment("worker", made) == environment("migrate", made)


@pytest.mark.parametrize("name", OURS)
def test_every_secret_is_given_by_a_file_and_no_other_way(name):
    service = SERVICES[name]
    files = {each: value for each, value in service["environment"].items() if each.endswith("_FILE")}  # fmt: skip
    assert files == {f"{PREFIX}{each.upper()}_FILE": f"/run/secrets/polis_{each}" for each in SECRET}  # fmt: skip
    assert {*service["secrets"]} == {f"polis_{each}" for each in SECRET}


@pytest.mark.parametrize("name", OURS)
def test_it_starts_with_what_is_made_and_sells_nothing_until_money_is_set_up(name, made, recwarn):
    settings = from_environment(environment(name, made))
    assert (settings.env, settings.payment_mode) == ("production", "off")
    assert settings.base_url == "https://polis.example"
    assert settings.smtp_password == ""
    assert [str(each.message) for each in recwarn] == []


def test_the_secrets_are_made_once_and_fit_each_other(made):
    first = dict(contents(made))
    subprocess.run(["sh", str(made / "secrets.sh")], check=True)
    assert dict(contents(made)) == first
    assert {f"./{FOLDER}/secrets/{name}" for name in first if name != "polis.env"} == {
        each["file"] for each in COMPOSE["secrets"].values()
    }
    assert stat.S_IMODE((made / "secrets").stat().st_mode) == 0o700
    ours = [first[name] for name in ("database_password", "polis_secret_key", "polis_metrics_token")]  # fmt: skip
    assert len({*ours}) == 3
    assert all(len(value) >= 64 for value in ours)
    url = Settings.model_validate({"database_url": first["polis_database_url"]}).database
    assert url == f"postgresql://polis:{first['database_password']}@database/polis"


def contents(made: Path) -> Iterator[tuple[str, str]]:
    for path in (*(made / "secrets").iterdir(), made / "polis.env"):
        yield path.name, path.read_text()
