"""Whatever somebody says we are called, every address we give begins with the one we were given."""

import json
from dataclasses import replace

import pytest
from werkzeug.test import create_environ, run_wsgi_app
from werkzeug.wrappers import Response

from tests.tools.installation import polis, running, standing
from tests.web.account.browser import Visitor
from tests.web.fixtures import email
from tests.web.hostile_names import HOSTILE, MARK, OURS, carried

__all__ = ["email", "polis", "standing"]

HEALTH = ("/healthz", "/readyz")  # asked by machines that know no name of ours
SAYING = (
    "/", "/pricing", "/docs", "/docs/quickstart", "/docs/quickstart.md", "/llms.txt", "/llms-full.txt",
    "/start", "/sitemap.xml", "/robots.txt", "/openapi.json", "/login", "/signup", "/app/", "/status",
    "/.well-known/oauth-authorization-server", "/.well-known/oauth-protected-resource",
    "/.well-known/oauth-protected-resource/mcp", "/.well-known/security.txt", "/oauth/authorize",
    "/nowhere",
)  # fmt: skip


@pytest.fixture(params=["development", "production"])
def named(request, polis):
    """The same installation as its makers have it, and under a public name."""
    if request.param == "development":
        yield polis
    else:
        more = {"base_url": f"http://{OURS}", "env": "production"}
        settings = polis.services.settings.model_copy(update=more)
        with running(replace(polis.services, settings=settings)) as other:
            yield other


def asked(polis, path: str, host: str, beside: dict[str, str]) -> Response:
    """What a server is answered; a client of tests would read the names itself."""
    environ = create_environ(path, headers={**beside, "Host": host})
    return Response(*run_wsgi_app(polis.app, environ, buffered=True))


def says(answer: Response) -> bool:
    return MARK in f"{answer.headers}{answer.get_data(as_text=True)}".lower()


@pytest.mark.parametrize("standing", ["sqlite"], indirect=True)
def test_no_hostile_name_of_ourselves_is_said_by_any_answer(named, measured):
    assert len(set(HOSTILE)) >= 20
    said, served = [], []
    for value in HOSTILE:
        for path in (*SAYING, *HEALTH):
            beside = asked(named, path, OURS, carried(value))
            instead = asked(named, path, value, {})
            said += [(path, value) for answer in (beside, instead) if says(answer)]
            if path not in HEALTH and instead.status_code != 421:
                served.append((path, value))
    measured("hosts", "hostile names of ourselves", len(set(HOSTILE)))
    measured("hosts", "mails, pages and documents that repeat one", len(said))
    assert said == []
    assert served == []


@pytest.mark.parametrize("standing", ["sqlite"], indirect=True)
def test_no_hostile_name_of_ourselves_is_said_by_any_other_route(polis):
    plain = {rule.rule for rule in polis.app.url_map.iter_rules() if not rule.arguments}
    told = {path: asked(polis, path, OURS, carried(HOSTILE[0])) for path in sorted(plain)}
    assert len(told) > 100
    assert [path for path, answer in told.items() if says(answer)] == []


@pytest.mark.parametrize("path", ["/mcp", "/api/mcp", "/api/v1/account"])
def test_no_hostile_name_of_ourselves_is_in_a_challenge(polis, path):
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
    for value in HOSTILE:
        headers = {**carried(value), "Host": OURS, "Content-Type": "application/json"}
        answer = polis.app.test_client().post(path, data=body, headers=headers)
        assert answer.status_code == 401
        assert f"http://{OURS}/.well-known/" in answer.headers["WWW-Authenticate"]
        assert not says(answer), value


def test_no_hostile_name_of_ourselves_is_in_a_mail(polis, email, measured):
    letters = []
    for number, value in enumerate(HOSTILE):
        person, address = Visitor(polis), f"{number}.{email}"
        person.open("/signup")
        form = {"csrf_token": person.token, "email": address, "password": "seven paper boats"}
        asked_from = {**carried(value), "Host": OURS}
        sent = person.http.post("/signup", data=form, headers=asked_from)
        assert sent.status_code == 200, sent.text
        letters += person.letters(address)
    measured(
        "hosts",
        "mails, pages and documents that repeat one",
        sum(MARK in each.body for each in letters),
    )
    assert len(letters) == len(HOSTILE)
    assert all(f"http://{OURS}/link/" in each.body for each in letters)
    assert [each.body for each in letters if MARK in each.body.lower()] == []
