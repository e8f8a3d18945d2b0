"""The order of the checks, and the shape of every refusal, through the WSGI door."""

import pytest

from app.errors import Kind, PolisError
from app.web.door.http import Refused
from app.web.mcp.server import ToolResult
from tests.web.mcp.door import CHALLENGE, OUR_ORIGIN, Door, Gate
from tests.web.mcp.servers import with_tool

STRANGER = {"HTTP_AUTHORIZATION": None}
PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}


class Revoked(PolisError):
    kind, code = Kind.UNAUTHENTICATED, "unauthenticated"


class StepUp(PolisError):
    kind, code = Kind.FORBIDDEN, "insufficient_scope"


class TooMany(PolisError):
    kind, code = Kind.THROTTLED, "rate_limited"


class Missing(PolisError):
    kind, code = Kind.NOT_FOUND, "not_found"


def _door(does=lambda context, arguments: ToolResult({"seen": True}), **gate):
    return Door(with_tool(does), Gate(**gate))


@pytest.mark.parametrize(
    ("environ", "status"),
    [
        pytest.param({"HTTP_HOST": "evil.example", "HTTP_ORIGIN": "https://evil.example", **STRANGER}, 421, id="foreign host"),
        pytest.param({"HTTP_HOST": None}, 421, id="no host"),
        pytest.param({"HTTP_ORIGIN": "https://evil.example", **STRANGER}, 403, id="foreign origin"),
        pytest.param({"HTTP_ORIGIN": "null"}, 403, id="opaque origin"),
        pytest.param({**STRANGER, "CONTENT_TYPE": "text/html"}, 401, id="no credential"),
        pytest.param({"CONTENT_TYPE": "text/html", "CONTENT_LENGTH": "2000000"}, 415, id="content type"),
        pytest.param({"CONTENT_TYPE": None}, 415, id="no content type"),
        pytest.param({"CONTENT_LENGTH": "1048577"}, 413, id="size"),
    ],
)  # fmt: skip
def test_address_comes_before_credential_and_credential_before_form(environ, status):
    answer = _door().post(b"{", **environ)
    assert answer.status == status
    assert answer.code == -32600
    assert answer.json["id"] is None
    assert answer.says("content-type") == "application/json"
    assert answer.json["error"]["data"]["request_id"] == answer.says("x-request-id")


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT", "PATCH", "OPTIONS"])
def test_other_methods_are_challenged_first_and_refused_then(method):
    door = _door()
    stranger = door.ask(method, **STRANGER)
    assert (stranger.status, stranger.says(CHALLENGE[0])) == (401, CHALLENGE[1])
    known = door.ask(method)
    assert (known.status, known.says("allow")) == (405, "POST")


def test_head_is_answered_without_a_body():
    answer = _door().ask("HEAD")
    assert (answer.status, answer.body) == (405, b"")


@pytest.mark.parametrize("method", ["initialize", "tools/list", "ping", "notifications/x"])
def test_every_message_without_a_credential_is_challenged(method):
    answer = _door().legacy(method, **STRANGER)
    assert (answer.status, answer.says(CHALLENGE[0])) == (401, CHALLENGE[1])


def test_discover_without_a_credential_is_challenged():
    assert _door().modern("server/discover", **STRANGER).status == 401


def test_a_credential_in_the_query_is_not_one():
    answer = _door().post(PING, QUERY_STRING="access_token=key", **STRANGER)
    assert answer.status == 401


@pytest.mark.parametrize("content_type", ["application/json", "Application/JSON; charset=utf-8"])
def test_json_is_json_in_any_case_and_charset(content_type):
    assert _door().post(PING, CONTENT_TYPE=content_type).status == 200


def test_stale_session_is_ignored_and_none_is_minted():
    answer = _door().legacy(
        "initialize", {"protocolVersion": "2025-11-25"}, HTTP_MCP_SESSION_ID="x"
    )
    assert answer.status == 200
    assert answer.says("mcp-session-id") is None


def test_preflight_of_an_allowed_origin_needs_no_credential():
    answer = _door().ask(
        "OPTIONS",
        HTTP_ORIGIN=OUR_ORIGIN,
        HTTP_ACCESS_CONTROL_REQUEST_METHOD="POST",
        **STRANGER,
    )
    assert answer.status == 204
    assert answer.says("access-control-allow-origin") == OUR_ORIGIN
    allowed = answer.says("access-control-allow-headers").split(", ")
    assert allowed == [
        "authorization",
        "content-type",
        "mcp-protocol-version",
        "mcp-method",
        "mcp-name",
        "mcp-session-id",
    ]


def test_preflight_of_a_foreign_origin_is_refused():
    answer = _door().ask(
        "OPTIONS", HTTP_ORIGIN="https://evil.example", HTTP_ACCESS_CONTROL_REQUEST_METHOD="POST"
    )
    assert answer.status == 403
    assert answer.says("access-control-allow-origin") is None


@pytest.mark.parametrize(
    "environ", [{}, STRANGER, {"CONTENT_TYPE": "text/html"}, {"REQUEST_METHOD": "GET"}]
)
def test_pages_of_allowed_origins_can_read_every_answer(environ):
    answer = _door().post(PING, HTTP_ORIGIN=OUR_ORIGIN, **environ)
    assert answer.says("access-control-allow-origin") == OUR_ORIGIN
    assert answer.says("vary") == "Origin"
    assert answer.says("access-control-allow-credentials") is None
    seen = answer.says("access-control-expose-headers")
    for name in ("WWW-Authenticate", "Mcp-Session-Id", "RateLimit-Remaining", "RateLimit-Reset"):
        assert name in seen.split(", ")


def test_without_an_origin_nothing_is_said_of_origins():
    assert _door().post(PING).says("access-control-allow-origin") is None


def test_refusal_of_the_gate_keeps_its_own_body_and_headers():
    refusal = Refused(429, [("Retry-After", "3")], b'{"slow":"down"}')
    answer = _door(refuse_count=refusal).post(PING)
    assert (answer.status, answer.json) == (429, {"slow": "down"})
    assert answer.says("retry-after") == "3"


@pytest.mark.parametrize(
    ("gate", "status", "header", "value"),
    [
        ({"refuse_caller": Revoked("Revoked.", challenge="Bearer x")}, 401, "www-authenticate", "Bearer x"),
        ({"refuse_count": TooMany("Slower.", retry_after_s=9)}, 429, "retry-after", "9"),
    ],
)  # fmt: skip
def test_refusal_of_the_product_becomes_its_http_status(gate, status, header, value):
    answer = _door(**gate).post(PING)
    assert (answer.status, answer.says(header)) == (status, value)


def test_step_up_from_inside_a_tool_is_a_403_with_its_challenge():
    def refuse(context, arguments):
        raise StepUp("More scope is needed.", challenge='Bearer error="insufficient_scope"')

    answer = _door(refuse).legacy("tools/call", {"name": "look"})
    assert answer.status == 403
    assert answer.says("www-authenticate") == 'Bearer error="insufficient_scope"'


@pytest.mark.parametrize("mishap", [RuntimeError("secret words"), Missing("secret words")])
def test_mishap_inside_a_tool_is_told_by_its_id_alone(mishap, caplog):
    def break_down(context, arguments):
        raise mishap

    answer = _door(break_down).legacy("tools/call", {"name": "look"})
    assert (answer.status, answer.json["id"]) == (200, 1)
    assert answer.json["error"] == {
        "code": -32603,
        "message": "Internal error",
        "data": {"request_id": answer.says("x-request-id")},
    }
    assert caplog.records[0].request_id == answer.says("x-request-id")
    assert "secret words" in caplog.text


@pytest.mark.parametrize("mishap", [RuntimeError("secret words"), Missing("secret words")])
def test_mishap_before_any_message_is_a_500_by_its_id_alone(mishap, caplog):
    answer = _door(refuse_caller=mishap).post(PING)
    assert (answer.status, answer.code, answer.json["id"]) == (500, -32603, None)
    assert b"secret" not in answer.body
    assert "secret words" in caplog.text
