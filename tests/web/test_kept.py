"""Documents that never change are told from memory, and told the same."""

import pytest

from app.web import discovery
from app.web.kept import Kept
from tests.tools.installation import inline, polis, standing

__all__ = ["inline", "polis", "standing"]

HERE, ALSO_HERE = "127.0.0.1:8000", "localhost:8000"


def ask(polis, path, host=HERE, method="GET"):
    return polis.app.test_client().open(path, method=method, headers={"Host": host})


def kept_of(answer):
    return {name: value for name, value in answer.headers.items() if name != "X-Request-Id"}


@pytest.mark.parametrize("path", sorted(discovery.paths()))
def test_the_second_answer_is_the_first_but_for_its_id(polis, path):
    first, second = ask(polis, path), ask(polis, path)
    assert (first.status_code, second.status_code) == (200, 200)
    assert (first.data, kept_of(first)) == (second.data, kept_of(second))
    assert first.headers["X-Request-Id"] != second.headers["X-Request-Id"]


def test_each_name_of_ours_has_its_own(polis):
    path = "/.well-known/oauth-authorization-server"
    told = {
        host: [ask(polis, path, host).json["issuer"] for _ in range(2)]
        for host in (HERE, ALSO_HERE)
    }
    assert told == {HERE: [f"http://{HERE}"] * 2, ALSO_HERE: [f"http://{ALSO_HERE}"] * 2}


def test_what_is_no_good_answer_is_not_kept(polis):
    path = "/.well-known/oauth-authorization-server"
    ask(polis, path)
    assert [ask(polis, path, "evil.example").status_code for _ in range(2)] == [421, 421]
    assert [ask(polis, path, method="POST").status_code for _ in range(2)] == [405, 405]
    assert ask(polis, path, method="OPTIONS").status_code == 204
    assert ask(polis, path, method="HEAD").data == b""


def test_only_the_first_request_reaches_what_is_inside():
    asked = []

    def inside(environ, start_response):
        asked.append(environ["HTTP_HOST"])
        start_response("200 OK", [("X-Request-Id", "one")])
        return [b"a ", b"document"]

    kept = Kept(inside, ["/here"])

    def get(host):
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/here", "HTTP_HOST": host}
        return b"".join(kept(environ, lambda *_: None))

    assert {get(host) for host in ("a", "A", "b", "a")} == {b"a document"}
    assert asked == ["a", "b"]
