"""Documents that never change are told from memory, and told the same."""

from collections import Counter
from dataclasses import replace

import pytest
from flask import request, template_rendered

from app.web import discovery
from app.web.kept import Kept
from app.web.pages import docs
from tests.tools.installation import inline, polis, running, standing

__all__ = ["inline", "polis", "standing"]

HERE, ALSO_HERE = "127.0.0.1:8000", "localhost:8000"


def ask(polis, path, host=HERE, method="GET"):
    return polis.app.test_client().open(path, method=method, headers={"Host": host})


def kept_of(answer):
    return {name: value for name, value in answer.headers.items() if name != "X-Request-Id"}


@pytest.mark.parametrize("path", sorted(discovery.lasting()))
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


@pytest.mark.parametrize("held", ['"x", {}', "W/{}", "*", "{}"])
def test_whoever_holds_it_already_is_told_so_from_memory_too(polis, held):
    path = "/docs/overview"
    first = ask(polis, path)
    http = polis.app.test_client()
    again = http.get(
        path, headers={"Host": HERE, "If-None-Match": held.format(first.headers["ETag"])}
    )
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Content-Length" not in again.headers
    other = http.get(path, headers={"Host": HERE, "If-None-Match": '"x"'})
    assert other.data == first.data


@pytest.mark.parametrize(
    "accept", ["text/Markdown", "text/html;q=0.1,*/*;q=0.5", "TEXT/MARKDOWN, text/html;q=0.1"]
)
def test_nobody_chooses_the_form_others_are_kept(polis, accept):
    settings = polis.services.settings.model_copy(
        update={"support_email": f"{len(accept)}@x.example"}
    )
    with running(replace(polis.services, settings=settings)) as fresh:  # nothing kept yet
        http = fresh.app.test_client()
        http.get("/docs/pricing", headers={"Host": HERE, "Accept": accept})
        page = http.get("/docs/pricing", headers={"Host": HERE, "Accept": "text/html,*/*;q=0.8"})
    assert page.mimetype == "text/html"


def test_no_header_moves_the_addresses_of_a_page(polis):
    environ = {"SCRIPT_NAME": "//evil.example"}
    http = polis.app.test_client()
    for _ in range(2):
        page = http.get("/docs/errors", headers={"Host": HERE}, environ_overrides=environ)
        assert "evil" not in page.text
        assert '"/static/' in page.text


def test_a_page_of_the_documentation_is_drawn_once_and_not_for_every_reader(polis):
    drawn, views = Counter(), Counter()
    with running(polis.services) as fresh:  # nothing kept yet
        paths = sorted(docs.lasting(fresh.services.settings))

        def count(_app, template, **_context):
            drawn[template.name] += 1

        fresh.app.before_request(lambda: views.update([request.path]))
        with template_rendered.connected_to(count, fresh.app):
            for _ in range(5):
                assert {ask(fresh, path).status_code for path in paths} == {200}
    assert views == Counter(paths)
    assert drawn["docs/page.html"] <= len([path for path in paths if not path.endswith(".md")])
    assert drawn["docs/page.html"] > 25


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
