"""Each fault a connector trips over is found where it is, and named."""

import json
import re
from pathlib import Path

import pytest

from app.adapters import doctor
from app.adapters.doctor.examination import examine
from app.adapters.doctor.masks import shown
from app.adapters.doctor.profiles import PROFILES
from app.adapters.doctor.wire import Wire
from app.adapters.fetch.networks import Networks
from app.kit import secrets
from tests.adapters.doctor.pretended import OPENID, RESOURCE, SERVER, Approving, pretended
from tests.served import free_port


def _put(**facts):
    return lambda reply: reply.facts.update(facts)


def _without(name):
    return lambda reply: reply.facts.pop(name, None)


def _challenge(said):
    def fault(reply):
        if reply.status == 401:
            reply.headers = {"WWW-Authenticate": said} if said else {}

    return fault


def _status(code):
    return lambda reply: reply.__init__(code)


def _open(reply):
    if reply.status == 401:
        reply.__init__(200, {"result": {"tools": []}})


def _bare(reply):
    for tool in reply.facts.get("result", {}).get("tools", []):
        del tool["annotations"]


def _failing(reply):
    if "content" in reply.facts.get("result", {}):
        reply.facts["result"]["isError"] = True


BOTH = (RESOURCE, f"{RESOURCE}/api/mcp")
SERVERS = (SERVER, OPENID)
# client, step, fault, verdict, where, what is spoilt
FAULTS = [
    ("claude", "challenge", "challenge", "failed", ["/api/mcp"], _challenge("")),
    ("claude", "challenge", "challenge", "failed", ["/api/mcp"], _open),
    ("claude", "challenge", "relative_metadata", "failed", ["/api/mcp"],
     _challenge(f'Bearer resource_metadata="{RESOURCE}", scope="mcp"')),
    ("cli", "challenge", "relative_metadata", "warning", ["/api/mcp"],
     _challenge(f'Bearer resource_metadata="{RESOURCE}", scope="mcp"')),
    ("claude", "challenge", "no_scope", "warning", ["/api/mcp"], _challenge("Bearer")),
    ("claude", "resource metadata", "resource_document", "failed", BOTH, _status(404)),
    ("claude", "resource metadata", "path_document", "warning", BOTH[1:], _status(404)),
    ("cli", "resource metadata", "resource_mismatch", "failed", BOTH,
     _put(resource="https://other.example/mcp")),
    ("cli", "resource metadata", "authorization_servers", "failed", BOTH,
     _without("authorization_servers")),
    ("cli", "server metadata", "server_document", "failed", SERVERS, _status(500)),
    ("cli", "server metadata", "issuer_mismatch", "failed", SERVERS,
     _put(issuer="https://other.example")),
    ("cli", "server metadata", "s256_missing", "failed", SERVERS,
     _without("code_challenge_methods_supported")),
    ("claude", "server metadata", "none_missing", "warning", SERVERS,
     _put(token_endpoint_auth_methods_supported=["client_secret_post"])),
    ("chatgpt", "server metadata", "iss_not_advertised", "failed", SERVERS,
     _without("authorization_response_iss_parameter_supported")),
    ("claude", "challenge", "no_metadata_address", "warning", ["/api/mcp"],
     _challenge('Bearer scope="mcp"')),
    ("claude", "server metadata", "offline_access", "warning", SERVERS, _put(scopes_supported=[])),
    ("claude", "server metadata", "documents", "warning", SERVERS,
     _without("client_id_metadata_document_supported")),
    ("cli", "openid discovery", "openid", "warning", [OPENID], _put(token_endpoint="https://x/")),
    ("claude", "registration", "null_members", "failed", ["/register"], _put(logo_uri=None)),
    ("chatgpt", "registration", "method_not_echoed", "failed", ["/register"],
     _put(token_endpoint_auth_method="client_secret_basic")),
    ("claude", "registration", "registration", "failed", ["/register"], _status(400)),
    ("claude", "registration", "redirects_not_echoed", "warning", ["/register"],
     _without("redirect_uris")),
    ("cli", "token", "token_type", "warning", ["/token"], _put(token_type="mac")),
    ("cli", "token", "no_store", "warning", ["/token"], lambda reply: reply.headers.clear()),
    ("cli", "tools", "tool_hints", "warning", ["/api/mcp"], _bare),
    ("cli", "account", "mcp", "failed", ["/api/mcp"], _failing),
    ("claude", "revocation", "no_revocation", "warning", SERVERS,
     _without("revocation_endpoint")),
    ("cli", "token", "token", "failed", ["/token"], _status(400)),
    ("cli", "token", "refresh", "failed", ["/token"], _without("refresh_token")),
    ("claude", "refresh", "not_rotated", "failed", ["/token"], _put(refresh_token="the same")),
    ("claude", "initialize", "mcp", "failed", ["/token"], _put(access_token="unknown")),
    ("claude", "revocation", "revocation", "failed", ["/revoke"], _status(500)),
    ("claude", "removal", "left_behind", "warning", ["/register"],
     _without("registration_access_token")),
    ("claude", "removal", "left_behind", "warning", ["/register"],
     _put(registration_client_uri="https://other.example/register/c1")),
]  # fmt: skip
BROUGHT = [
    ("cli", "iss_missing", {"iss": None}),
    ("chatgpt", "iss_missing", {"iss": None}),
    ("claude", "iss_mismatch", {"iss": "https://other.example"}),
    ("claude", "state_mismatch", {"state": "another"}),
    ("claude", "authorization", {"code": None, "error": "access_denied"}),
]


def _examined(server, name="claude", through="all", **back):
    consents = Approving(server.base, **back)
    return examine(server.base, PROFILES[name], through=through, consents=consents)


def _step(report, name):
    return next(step for step in report.steps if step.name == name)


@pytest.mark.parametrize("name", PROFILES)
def test_a_server_without_fault_lets_each_client_through(name):
    with pretended() as server:
        report = _examined(server, name)
        assert server.clients == set()
    assert {step.name: step.faults for step in report.steps if step.faults} == {}
    assert {step.verdict for step in report.steps} == {"ok"}
    assert report.sound


@pytest.mark.parametrize(("name", "step", "fault", "verdict", "paths", "spoil"), FAULTS)
def test_a_fault_is_found_at_its_step(name, step, fault, verdict, paths, spoil):
    with pretended(**dict.fromkeys(paths, spoil)) as server:
        report = _examined(server, name)
    found = _step(report, step)
    assert fault in {each.name for each in found.faults}
    assert found.verdict == verdict
    assert report.sound == all(each.verdict != "failed" for each in report.steps)


@pytest.mark.parametrize(("name", "fault", "back"), BROUGHT)
def test_what_the_browser_brings_is_held_against_what_was_sent(name, fault, back):
    with pretended() as server:
        report = _examined(server, name, **back)
        assert server.clients == set()
    assert [each.name for each in _step(report, "authorization").faults] == [fault]
    assert not report.sound


def test_a_token_that_outlives_its_end_is_found():
    kept = {"access-1", "access-2"}
    with pretended() as server:
        server.faults["/revoke"] = lambda _: server.tokens.update(kept)
        report = _examined(server)
    assert [each.name for each in _step(report, "revocation").faults] == ["still_valid"]


def test_where_nothing_answers_that_is_all_that_is_said():
    address = f"http://127.0.0.1:{free_port()}/mcp"
    report = examine(address, PROFILES["claude"])
    first, *others = report.steps
    assert [fault.name for fault in first.faults] == ["nothing_answers"]
    assert address in first.faults[0].would
    assert {step.verdict for step in others} == {"skipped"}
    assert not report.sound


def test_steps_after_the_end_are_told_as_not_tried():
    with pretended(**{"/token": _status(400)}) as server:
        report = _examined(server)
        assert server.clients == set()
    assert {_step(report, name).verdict for name in ("initialize", "revocation")} == {"skipped"}
    assert _step(report, "removal").verdict == "ok"


@pytest.mark.parametrize(
    ("through", "last"), [("metadata", "openid discovery"), ("registration", "removal")]
)
def test_it_goes_no_further_than_asked(through, last):
    with pretended() as server:
        report = _examined(server, through=through)
        assert not {"POST /token", "POST /revoke"} & set(server.asked)
    assert report.steps[-1].name == last


def test_the_client_is_removed_when_the_check_itself_breaks_off():
    with pretended() as server:
        consents = Approving(server.base)
        consents.approve = lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        with pytest.raises(KeyboardInterrupt):
            examine(server.base, PROFILES["claude"], consents=consents)
        assert server.asked[-1] == "DELETE /register/c1"


def test_a_scope_lost_by_refreshing_is_found():
    with pretended() as server:
        server.faults["/token"] = lambda reply: server.made == 2 and reply.facts.update(scope="x")
        report = _examined(server)
    assert [each.name for each in _step(report, "refresh").faults] == ["scope_lost"]


def test_every_fault_has_a_row_here():
    sources = Path(doctor.__file__).parent.glob("*.py")
    text = "".join(source.read_text(encoding="utf-8") for source in sources)
    named = set(re.findall(r'step\.(?:expect|need)\(\s*"(\w+)"', text))
    here = (
        {row[2] for row in FAULTS}
        | {row[1] for row in BROUGHT}
        | {
            *("scope_lost", "still_valid", "nothing_answers"),
        }
    )
    assert named - here == set()
    assert frozenset().union(*(each.insists for each in PROFILES.values())) - here == set()


@pytest.mark.parametrize(
    "prefix",
    [
        "sk_live_",
        "sk_test_",
        "polis_at_",
        "polis_rt_",
        "polis_ac_",
        "polis_cs_",
        "polis_crt_",
        "polis_ml_",
        "polis_ss_",
    ],
)
def test_whatever_secret_stands_in_a_text_is_masked(prefix):
    secret = secrets.mint(prefix)
    assert secret not in shown({"note": f"it was {secret}"})
    assert secret not in shown(f"it was {secret}")


def test_the_id_of_an_app_is_no_secret():
    assert "polis_ci_0123456789abcdef" in shown({"note": "it was polis_ci_0123456789abcdef"})


def test_no_secret_is_told():
    with pretended() as server:
        told = json.dumps(_examined(server).facts())
    issued = ("a-secret-code", "access-1", "access-2", "refresh-1", "refresh-2", "a-registration")
    assert [secret for secret in issued if secret in told] == []


def test_a_public_address_leads_to_no_private_one():
    with pretended() as server:
        wire = Wire("test", Networks())
        report = examine(server.base, PROFILES["claude"], through="metadata", wire=wire)
        assert server.asked == []
    assert "This address is not public." in _step(report, "challenge").came[0]
