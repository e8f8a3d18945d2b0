"""What the WSGI door lets in, how much it reads, and what it leaves to the framework."""

import io

import pytest

from app.web.door.gateway import LARGEST_BODY, EnvironHeaders
from app.web.mcp.product import PATHS
from app.web.mcp.server import ToolResult
from tests.web.mcp.door import Door
from tests.web.mcp.servers import with_tool

PING = b'{"jsonrpc":"2.0","id":1,"method":"ping"}'


class Broken(io.RawIOBase):
    def read(self, size=-1):
        raise OSError("the client left")


def _door(**settings):
    return Door(with_tool(lambda context, arguments: ToolResult({})), **settings)


@pytest.mark.parametrize("path", PATHS)
def test_each_path_of_the_endpoint_answers(path):
    assert _door().post(PING, PATH_INFO=path).result == {}


@pytest.mark.parametrize("path", ["/", "/mcp/x", "/api/mcpx", "/MCP", "/api/v1/test", ""])
def test_other_paths_reach_the_framework(path):
    answer = _door().post(PING, PATH_INFO=path)
    assert (answer.body, answer.says("x-behind")) == (b"the framework", path)


def test_body_of_exactly_the_limit_is_read():
    padded = PING + b" " * (LARGEST_BODY - len(PING))
    assert _door().post(padded).status == 200


def test_announced_body_over_the_limit_is_not_read():
    answer = _door().ask(CONTENT_LENGTH=str(LARGEST_BODY + 1), **{"wsgi.input": Broken()})
    assert answer.status == 413


def test_unannounced_body_is_read_to_one_byte_past_the_limit():
    stream = io.BytesIO(PING + b" " * (3 * LARGEST_BODY))
    chunked = {"wsgi.input": stream, "wsgi.input_terminated": True, "CONTENT_LENGTH": None}
    assert _door().ask(**chunked).status == 413
    assert stream.tell() == LARGEST_BODY + 1


def test_unannounced_body_within_the_limit_is_read():
    chunked = {"wsgi.input_terminated": True, "CONTENT_LENGTH": None}
    assert _door().post(PING, **chunked).result == {}


def test_body_without_length_or_end_is_taken_as_empty():
    answer = _door().ask(CONTENT_LENGTH=None, **{"wsgi.input": Broken()})
    assert (answer.status, answer.code) == (400, -32700)


@pytest.mark.parametrize("environ", [{"wsgi.input": Broken()}, {"CONTENT_LENGTH": "-1"}])
def test_badly_framed_body_is_a_400(environ):
    assert _door().post(PING, **environ).status == 400


def test_request_id_can_come_from_the_outside():
    answer = _door(request_id=lambda environ: environ["REMOTE_ADDR"]).post(PING)
    assert answer.says("x-request-id") == "192.0.2.1"


def test_answers_are_not_to_be_stored():
    assert _door().post(PING).says("cache-control") == "no-store"


def test_headers_are_read_by_their_lower_case_names():
    headers = EnvironHeaders(
        {"HTTP_MCP_METHOD": "ping", "CONTENT_TYPE": "text/plain", "REQUEST_METHOD": "POST"}
    )
    assert dict(headers) == {"content-type": "text/plain", "mcp-method": "ping"}
    assert len(headers) == 2
    assert "request-method" not in headers
