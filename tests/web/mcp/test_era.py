"""The ladder, row by row: which revision a request is in, or why it is in none."""

import pytest

from app.web.mcp.era import CAPABILITIES, CLIENT_INFO, VERSION, revision_of
from app.web.mcp.problems import RpcError
from app.web.mcp.rpc import Call

NEW = "2026-07-28"
WHOLE = {VERSION: NEW, CAPABILITIES: {}}
HEADERS = {"mcp-protocol-version": NEW, "mcp-method": "tools/list"}
CALLING = {**HEADERS, "mcp-method": "tools/call", "mcp-name": "look"}


def _revision(method, params, headers):
    return revision_of(Call(1, method, params), headers)


@pytest.mark.parametrize(
    ("method", "params", "headers", "revision"),
    [
        pytest.param("tools/list", {}, {}, "2025-03-26", id="nothing says anything"),
        pytest.param("tools/list", {}, {"mcp-protocol-version": "2025-03-26"}, "2025-03-26", id="header 2025-03-26"),
        pytest.param("tools/list", {}, {"mcp-protocol-version": "2025-06-18"}, "2025-06-18", id="header 2025-06-18"),
        pytest.param("tools/list", {}, {"mcp-protocol-version": "2025-11-25"}, "2025-11-25", id="header 2025-11-25"),
        pytest.param("tools/list", {"_meta": {}}, {}, "2025-03-26", id="empty meta"),
        pytest.param("tools/list", {"_meta": 5}, {}, "2025-03-26", id="meta of no era"),
        pytest.param("initialize", {"protocolVersion": "2025-03-26"}, {}, "2025-03-26", id="initialize 2025-03-26"),
        pytest.param("initialize", {"protocolVersion": "2025-06-18"}, {}, "2025-06-18", id="initialize 2025-06-18"),
        pytest.param("initialize", {"protocolVersion": "2025-11-25"}, {}, "2025-11-25", id="initialize 2025-11-25"),
        pytest.param("initialize", {"protocolVersion": NEW}, {}, "2025-11-25", id="initialize asking for the stateless era"),
        pytest.param("initialize", {"protocolVersion": "2024-11-05"}, {}, "2025-11-25", id="initialize asking for what we never spoke"),
        pytest.param("initialize", {"protocolVersion": "2025-06-18"}, {"mcp-protocol-version": "2025-11-25"}, "2025-06-18", id="initialize asks, the header does not"),
        pytest.param("tools/list", {"_meta": WHOLE}, HEADERS, NEW, id="stateless"),
        pytest.param("tools/list", {"_meta": {**WHOLE, CLIENT_INFO: {"name": "c"}}}, HEADERS, NEW, id="stateless with a name"),
        pytest.param("tools/call", {"name": "look", "_meta": WHOLE}, CALLING, NEW, id="named"),
        pytest.param("tools/call", {"name": "look", "_meta": WHOLE}, {**CALLING, "mcp-name": "=?base64?bG9vaw==?="}, NEW, id="named in base64"),
        pytest.param("resources/read", {"uri": "a://b", "_meta": WHOLE}, {**CALLING, "mcp-method": "resources/read", "mcp-name": "a://b"}, NEW, id="named by uri"),
        pytest.param("tasks/get", {"taskId": "t", "_meta": WHOLE}, {**CALLING, "mcp-method": "tasks/get", "mcp-name": "t"}, NEW, id="named by task"),
    ],
)  # fmt: skip
def test_request_is_answered_in_the_revision_it_claims(method, params, headers, revision):
    assert _revision(method, params, headers) == revision


@pytest.mark.parametrize(
    ("method", "params", "headers", "code"),
    [
        pytest.param("tools/list", {}, HEADERS, -32602, id="stateless header without meta"),
        pytest.param("tools/list", {"_meta": 5}, HEADERS, -32602, id="meta is no object"),
        pytest.param("tools/list", {"_meta": {CAPABILITIES: {}}}, HEADERS, -32602, id="meta without version"),
        pytest.param("tools/list", {"_meta": {**WHOLE, VERSION: 7}}, HEADERS, -32602, id="version is no string"),
        pytest.param("tools/list", {"_meta": {VERSION: NEW}}, HEADERS, -32602, id="meta without capabilities"),
        pytest.param("tools/list", {"_meta": {VERSION: NEW, CAPABILITIES: []}}, HEADERS, -32602, id="capabilities are no object"),
        pytest.param("initialize", {"protocolVersion": NEW}, {"mcp-protocol-version": NEW}, -32602, id="initialize with stateless header"),
        pytest.param("tools/list", {}, {"mcp-protocol-version": "2024-11-05"}, -32602, id="header of a revision we never spoke"),
        pytest.param("tools/list", {}, {"mcp-protocol-version": f"{NEW}, {NEW}"}, -32602, id="version header sent twice"),
        pytest.param("tools/list", {"_meta": WHOLE}, {"mcp-method": "tools/list"}, -32020, id="meta without version header"),
        pytest.param("tools/list", {"_meta": WHOLE}, {**HEADERS, "mcp-protocol-version": "2025-11-25"}, -32020, id="meta and header differ"),
        pytest.param("tools/list", {"_meta": {**WHOLE, VERSION: "v9"}}, {**HEADERS, "mcp-protocol-version": "v9"}, -32022, id="unknown version"),
        pytest.param("tools/list", {"_meta": {**WHOLE, VERSION: "2025-11-25"}}, {**HEADERS, "mcp-protocol-version": "2025-11-25"}, -32022, id="handshake version in stateless form"),
        pytest.param("tools/list", {"_meta": WHOLE}, {"mcp-protocol-version": NEW}, -32020, id="no method header"),
        pytest.param("tools/list", {"_meta": WHOLE}, {**HEADERS, "mcp-method": "TOOLS/LIST"}, -32020, id="method in another case"),
        pytest.param("tools/list", {"_meta": WHOLE}, {**HEADERS, "mcp-method": "tools/list, tools/list"}, -32020, id="method header sent twice"),
        pytest.param("tools/call", {"name": "look", "_meta": WHOLE}, {**CALLING, "mcp-name": "listen"}, -32020, id="another name"),
        pytest.param("tools/call", {"name": "look", "_meta": WHOLE}, {**HEADERS, "mcp-method": "tools/call"}, -32020, id="no name header"),
        pytest.param("tools/call", {"_meta": WHOLE}, {**CALLING, "mcp-name": "=?base64?!?="}, -32020, id="broken base64 and no name"),
        pytest.param("tools/call", {"name": "", "_meta": WHOLE}, {**CALLING, "mcp-name": ""}, -32020, id="empty name"),
    ],
)  # fmt: skip
def test_broken_envelope_is_refused_with_400(method, params, headers, code):
    with pytest.raises(RpcError) as refusal:
        _revision(method, params, headers)
    assert (refusal.value.code, refusal.value.status) == (code, 400)


def test_initialize_without_a_version_is_an_ordinary_parameter_error():
    with pytest.raises(RpcError) as refusal:
        _revision("initialize", {}, {})
    assert (refusal.value.code, refusal.value.status) == (-32602, None)


def test_unsupported_version_names_only_what_the_stateless_form_can_use():
    meta = {**WHOLE, VERSION: "2027-01-01"}
    with pytest.raises(RpcError) as refusal:
        _revision("tools/list", {"_meta": meta}, {**HEADERS, "mcp-protocol-version": "2027-01-01"})
    assert refusal.value.data == {"supported": [NEW], "requested": "2027-01-01"}
