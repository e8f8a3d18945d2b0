"""The REST twin: what MCP answers is answered here, with statuses of HTTP's own."""

from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from app.tools import TOOLS, schema
from tests import oauth
from tests.factories import member
from tests.tools.installation import HELLO, running
from tests.web.rest.program import Program


@pytest.fixture
def agent(polis):
    return polis.agent()


@pytest.fixture
def program(agent):
    return Program(agent)


def test_a_program_does_the_main_job_without_mcp(polis, program):
    price = program.call("estimate", **HELLO)["tokens"]
    begun = program.call("test", **HELLO, label="By REST")
    assert (begun["status"], begun["tokens_charged"]) == ("pending", price)
    assert program.call("report", run_id=begun["run_id"])["ready"] is False
    polis.work_off()
    assert program.call("status", run_id=begun["run_id"], wait_s=20)["done"] is True
    report = program.call("report", run_id=begun["run_id"])
    assert len(report["report"]["segments"]) == 3
    asked = program.call("ask", run_id=begun["run_id"], target="panel", question="Why?")
    polis.work_off()
    assert program.call("thread", thread_id=asked["thread_id"])["status"] == "complete"
    assert program.call("runs")["runs"][0]["label"] == "By REST"


def test_both_doors_give_the_same_answers(polis, agent, program):
    run_id = polis.complete_run(agent)
    for tool, arguments in [
        ("account", {}), ("estimate", HELLO), ("status", {"run_id": run_id}),
        ("report", {"run_id": run_id}), ("runs", {}), ("cancel", {"run_id": run_id}),
    ]:  # fmt: skip
        assert program.call(tool, **arguments) == agent.call(f"polis_{tool}", **arguments)


def test_every_answer_has_what_its_description_calls_certain(polis, agent, program):
    run_id = polis.complete_run(agent)
    for tool, arguments in [
        ("account", {}), ("topup", {"pack": "small"}), ("estimate", HELLO), ("test", HELLO),
        ("status", {"run_id": run_id}), ("report", {"run_id": run_id}), ("runs", {}),
        ("compare", {"content_type": "text", "persona_count": 10,
                     "variants": [{"content": "Hello"}, {"content": "Hi"}]}),
        ("cancel", {"run_id": run_id}),
    ]:  # fmt: skip
        answer = program.call(tool, **arguments)
        described = schema.of_answer(TOOLS[f"polis_{tool}"].output)
        Draft202012Validator(described).validate(answer)


REFUSALS = [
    ("test", 422, {}, "invalid_input"),
    ("test", 422, {**HELLO, "persona_count": 9}, "invalid_input"),
    ("test", 422, {**HELLO, "persona_count": "10"}, "invalid_input"),
    ("test", 422, {**HELLO, "color": "red"}, "invalid_input"),
    ("test", 422, {**HELLO, "content": "a\0b"}, "invalid_input"),
    ("test", 402, {**HELLO, "persona_count": 1000, "detail": "deep"}, "not_enough_tokens"),
    ("test", 422, {"content_type": "url", "url": "http://127.0.0.1/"}, "url_blocked"),
    ("report", 404, {"run_id": "run_none"}, "not_found"),
    ("status", 404, {"run_id": "run_none"}, "not_found"),
    ("thread", 404, {"thread_id": "thr_none"}, "not_found"),
]


@pytest.mark.parametrize(("tool", "status", "arguments", "code"), REFUSALS)
def test_a_refusal_is_the_same_under_a_status_of_its_own(
    polis, agent, program, tool, status, arguments, code
):
    with polis.unchanged():
        refused = program.refusal(tool, status, **arguments)
    assert refused["code"] == code
    same = agent.refusal(f"polis_{tool}", **arguments)
    assert {**same, "request_id": ""} == {**refused, "request_id": ""}


def test_a_question_before_the_report_is_a_conflict(polis, program):
    run_id = program.call("test", **HELLO)["run_id"]
    refused = program.refusal("ask", 409, run_id=run_id, target="panel", question="Why?")
    assert refused["code"] == "not_ready"


def test_an_idempotency_key_holds_over_both_doors(agent, program):
    first = program.call("test", **HELLO, idempotency_key="once")
    again = agent.call("polis_test", **HELLO, idempotency_key="once")
    assert again["run_id"] == first["run_id"]
    refused = program.refusal("test", 409, **HELLO, label="Other", idempotency_key="once")
    assert refused["code"] == "conflict"


def test_a_key_that_may_only_read_is_refused_what_spends(polis, agent):
    reader = Program(polis.second_key(agent, scopes=("mcp:read",)))
    assert reader.refusal("test", 403, **HELLO)["code"] == "insufficient_scope"
    assert reader.call("account")["organization"]


def test_somebody_elses_run_does_not_exist(polis, agent):
    run_id = polis.complete_run(agent)
    assert Program(polis.agent()).refusal("report", 404, run_id=run_id)["code"] == "not_found"


@pytest.mark.parametrize("audience", ["/api/mcp", "/mcp", None])
def test_a_token_for_either_name_of_the_endpoint_is_good_here(polis, audience):
    who = member(polis.services, verified=True)
    token = oauth.tokens(polis.services, who, audience=audience).access_token
    program = Program(polis.as_(replace(who, key=token)))
    assert program.call("account")["email"].endswith("@example.com")


def test_an_app_that_may_only_read_is_shown_how_to_ask_for_more(polis):
    who = member(polis.services, verified=True)
    token = oauth.tokens(polis.services, who, scopes=("mcp:read",)).access_token
    program = Program(polis.as_(replace(who, key=token)))
    answer = program.send("test", HELLO)
    assert answer.status_code == 403
    assert answer.json["error"]["code"] == "insufficient_scope"
    assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]
    assert answer.json["error"]["message"] == "polis_test needs the scope mcp."


@pytest.mark.parametrize("sent", [None, "Bearer nonsense", "Basic eDp5"])
def test_without_a_good_credential_the_way_to_one_is_told(program, sent):
    answer = program.send("account", authorization=sent)
    assert answer.status_code == 401
    metadata = 'resource_metadata="http://127.0.0.1:8000/.well-known/oauth-protected-resource"'
    assert metadata in answer.headers["WWW-Authenticate"]
    assert answer.json["error"]["code"] == "unauthorized"
    assert answer.json["error"]["request_id"] == answer.headers["X-Request-Id"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "bad_request"),
        (b"", 400, "bad_request"),
        (b'{"a": NaN}', 400, "bad_request"),
        (b"[" * 1000 + b"]" * 1000, 400, "bad_request"),
        (b"\xff", 400, "bad_request"),
        (b"x" * (1024 * 1024 + 1), 413, "content_too_large"),
        (b"[]", 422, "invalid_input"),
        (b'"x"', 422, "invalid_input"),
        (b"null", 422, "invalid_input"),
    ],
)
def test_only_what_cannot_be_parsed_is_a_bad_request(polis, program, body, status, code):
    with polis.unchanged():
        answer = program.send("account", body)
    assert (answer.status_code, answer.json["error"]["code"]) == (status, code)
    assert answer.json["error"]["hint"]


def test_another_form_or_method_is_refused_with_the_right_one(program):
    form = program.send("account", content_type="application/x-www-form-urlencoded")
    assert (form.status_code, form.json["error"]["code"]) == (415, "unsupported_media_type")
    got = program.send("account", method="GET")
    assert (got.status_code, got.headers["Allow"]) == (405, "POST")
    assert got.json["error"]["hint"] == "Every tool is called with POST."


def test_a_foreign_page_is_refused_and_an_allowed_one_may_read_the_answer(program):
    foreign = program.send("account", origin="https://evil.example")
    assert (foreign.status_code, foreign.json["error"]["code"]) == (403, "forbidden")
    ours = program.send("account", origin="http://127.0.0.1:8000")
    assert ours.status_code == 200
    assert ours.headers["Access-Control-Allow-Origin"] == "http://127.0.0.1:8000"
    assert "origin" in foreign.json["error"]["hint"]
    lost = program.send("account", host="evil.example")
    assert (lost.status_code, lost.json["error"]["code"]) == (421, "misdirected_request")
    assert lost.json["error"]["hint"]


LOST = ["/api/v1/nothing", "/api/v1/", "/api/v1/test/", "/api/v1/test/x"]


@pytest.mark.parametrize("path", LOST)
def test_an_allowed_page_may_read_that_a_path_is_none(polis, path):
    agent, ours = polis.as_(polis.agent().who, path), "http://127.0.0.1:8000"
    for method in ("POST", "GET"):
        answer = agent.send({}, method=method, origin=ours)
        assert (answer.status_code, answer.json["error"]["code"]) == (404, "not_found")
        assert answer.headers["Access-Control-Allow-Origin"] == ours
        assert answer.json["error"]["request_id"] == answer.headers["X-Request-Id"]
    asked = agent.send(b"", method="OPTIONS", origin=ours, access_control_request_method="POST")
    assert (asked.status_code, asked.headers["Access-Control-Allow-Origin"]) == (204, ours)


@pytest.mark.parametrize("path", LOST)
def test_a_foreign_page_is_told_nothing_by_a_path_that_is_none(polis, path):
    stranger, evil = polis.as_(None, path), "https://evil.example"
    asked = {"method": "OPTIONS", "access_control_request_method": "POST"}
    for answer in (stranger.send({}, origin=evil), stranger.send(b"", origin=evil, **asked)):
        assert (answer.status_code, answer.json["error"]["code"]) == (403, "forbidden")
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]
    assert stranger.send({}, host="evil.example").status_code == 421
    assert stranger.send({}).status_code == 404


def test_a_mistake_of_ours_says_nothing_of_why(polis, agent):
    class Credentials:
        def authenticate(self, *_):
            raise RuntimeError("the inside of the house")

    with running(replace(polis.services, credentials=Credentials())) as broken:
        answer = Program(broken.as_(agent.who)).send("account")
    assert (answer.status_code, answer.json["error"]["code"]) == (500, "internal_error")
    assert answer.json["error"]["request_id"] == answer.headers["X-Request-Id"]
    assert "inside" not in answer.text
