"""compose.yaml against the program: services, commands, ports, folders."""

import re

import pytest
import yaml

from app.cli import polis
from app.settings import PREFIX, Settings
from tests.deploy import dockerfile
from tests.served import ROOT

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker")
_, FINAL = dockerfile.read(ROOT / "Dockerfile")


def test_there_are_web_and_workers_as_many_as_are_wanted_one_database_and_redis_if_asked_for():
    assert SERVICES.keys() == {"database", "redis", "migrate", "web", "worker", "proxy"}
    assert SERVICES["web"]["deploy"]["replicas"] == "${POLIS_WEB:-2}"
    assert SERVICES["worker"]["deploy"]["replicas"] == "${POLIS_WORKERS:-2}"
    assert SERVICES["redis"]["profiles"] == ["redis"]
    assert [name for name, each in SERVICES.items() if "profiles" in each] == ["redis"]


@pytest.mark.parametrize("name", OURS)
def test_what_runs_our_image_can_write_nothing_but_its_folder_and_may_do_nothing(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["volumes"] == [f"instance:{FINAL.environment()['POLIS_INSTANCE_DIR']}"]
    assert service["init"] is True
    assert "user" not in service
    assert "privileged" not in service


@pytest.mark.parametrize("name", OURS)
def test_its_commands_are_the_programs(name):
    command = SERVICES[name].get("command", FINAL.command())
    if command[0] == "polis":
        assert command[1] in polis.commands
    else:
        assert command == ["gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"]


def test_every_variable_it_asks_for_is_a_setting_or_explained_at_its_head():
    text = (ROOT / "compose.yaml").read_text()
    head = text.partition("\nname:")[0]
    asked = set(re.findall(r"\$\{(\w+)", text))
    settings = {PREFIX + name.upper() for name in Settings.model_fields}
    assert {each for each in asked - settings if each not in head} == set()


def test_the_schema_is_brought_to_head_once_before_anything_starts():
    before = {"migrate": {"condition": "service_completed_successfully"}}
    assert SERVICES["web"]["depends_on"] == SERVICES["worker"]["depends_on"] == before
    assert SERVICES["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert SERVICES["migrate"]["restart"] == "no"


def test_each_of_them_is_looked_after_and_has_time_to_stop():
    assert SERVICES["worker"]["healthcheck"]["test"] == [
        "CMD",
        *FINAL.command("HEALTHCHECK")[:-1],
        "worker",
    ]
    assert "healthcheck" not in SERVICES["web"], "the image's own"
    assert {name for name, each in SERVICES.items() if "healthcheck" not in each} == {
        "web",
        "proxy",
    }
    assert all(SERVICES[name]["stop_grace_period"] == "45s" for name in ("web", "worker"))


def test_the_proxy_alone_has_ports_and_asks_the_web_where_it_listens():
    assert [name for name, each in SERVICES.items() if "ports" in each] == ["proxy"]
    port = FINAL.environment()["POLIS_BIND"].rpartition(":")[2]
    assert FINAL.all("EXPOSE") == [port]
    assert f"dynamic a web {port}" in (ROOT / "deploy/compose/Caddyfile").read_text()
    (network,) = COMPOSE["networks"]["default"]["ipam"]["config"]
    assert SERVICES["web"]["environment"]["POLIS_TRUSTED_PROXIES"] == network["subnet"]


def test_every_file_and_volume_it_mounts_is_there():
    for name, service in SERVICES.items():
        for source, *_ in (each.split(":") for each in service.get("volumes", ())):
            there = source in COMPOSE["volumes"] or (ROOT / source).exists()
            assert there, (name, source)
        assert set(service.get("secrets", ())) <= COMPOSE["secrets"].keys()
