"""`--no-auth`: calls without a credential act as the demo's test key, from this machine alone."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from app import demo_data
from app.models.calls import ApiCall
from tests.tools.installation import HELLO, running


@pytest.fixture
def open_(polis, tmp_path):
    """The same installation, open to its own machine."""
    facts = {"no_auth": True, "instance_dir": tmp_path}
    settings = polis.services.settings.model_copy(update=facts)
    services = replace(polis.services, settings=settings)
    demo_data.ensure(services)
    with running(services) as installation:
        yield installation


def _ask(installation, host="127.0.0.1:8000", peer="127.0.0.1", **headers):
    agent = installation.as_(None)
    agent.peer = peer
    return agent.ask("tools/call", {"name": "polis_account", "arguments": {}}, host=host, **headers)


def test_a_local_call_acts_as_the_demos_test_key_and_says_so(open_):
    agent = open_.as_(None)
    answer = agent.call("polis_test", **HELLO)
    usage = answer["_usage"]
    assert (usage["no_auth"], usage["plan"], usage["livemode"]) == (True, "test", False)
    assert agent.refusal("polis_topup", pack="small")["code"] == "conflict"


def test_a_local_call_is_nobodys_use_of_a_key(open_):
    calls = select(func.count()).select_from(ApiCall)  # others look at this database too
    with open_.services.database.reading() as session:
        before = session.scalar(calls)
    open_.as_(None).call("polis_account")
    open_.app.extensions["polis_last_use"].flush()
    with open_.services.database.reading() as session:
        assert session.scalar(calls) == before


def test_a_call_with_a_credential_is_what_it_always_is(open_):
    assert "no_auth" not in open_.agent().call("polis_account")["_usage"]


def test_a_wrong_credential_is_no_missing_one(open_):
    assert _ask(open_, authorization="Bearer sk_live_wrong").status_code == 401


@pytest.mark.parametrize("scheme", ["Basic eDp5", "Bearer", "Token x"])
def test_another_kind_of_credential_is_no_missing_one(open_, scheme):
    assert _ask(open_, authorization=scheme).status_code == 401


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000"])
@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.8.8", "::1"])
def test_from_this_machine_to_this_machine_is_local(open_, host, peer):
    assert _ask(open_, host, peer).status_code == 200


@pytest.mark.parametrize(
    "peer", ["192.0.2.1", "10.0.0.1", "", "unix:", "::ffff:192.0.2.1", "fe80::1"]
)
def test_from_elsewhere_is_not(open_, peer):
    assert _ask(open_, peer=peer).status_code == 401


@pytest.mark.parametrize(
    "header",
    [
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port",
        "X-Forwarded-Prefix", "X-Forwarded-Server", "X-Forwarded-Ssl", "X-Real-Ip", "Via",
        "True-Client-Ip", "Cf-Connecting-Ip", "X-Client-Ip", "X-Original-Host",
    ],
)  # fmt: skip
@pytest.mark.parametrize("value", ["127.0.0.1", ""])
def test_what_came_through_a_proxy_is_not(open_, header, value):
    answer = _ask(open_, **{header.replace("-", "_").lower(): value})
    assert answer.status_code == 401


def test_a_page_from_elsewhere_is_refused_even_here(open_):
    assert _ask(open_, origin="https://evil.example").status_code == 403


def test_without_a_demo_the_way_to_a_credential_is_shown(open_):
    (open_.services.settings.instance_dir / demo_data.FILE).unlink()
    answer = _ask(open_)
    assert answer.status_code == 401
    assert "resource_metadata" in answer.headers["WWW-Authenticate"]


def test_a_demo_of_another_database_is_no_demo(open_):
    path = open_.services.settings.instance_dir / demo_data.FILE
    path.write_text(json.dumps({"test_key": "sk_test_" + "0" * 38}))
    answer = _ask(open_)
    assert answer.status_code == 401
    assert "resource_metadata" in answer.headers["WWW-Authenticate"]


def test_without_the_flag_there_is_no_such_door(polis):
    assert _ask(polis).status_code == 401
