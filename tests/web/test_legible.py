"""What no database can keep reaches none: arguments are not found, forms are refused in words."""

import re

import pytest

from tests.tools.installation import polis, standing
from tests.web.apps.desk import LIST, make
from tests.web.apps.people import press
from tests.web.oauth.journey import registered
from tests.web.oauth.visitor import BASE, address, visitor

__all__ = ["polis", "standing"]

NUL = "a\0b"


@pytest.fixture
def kim(polis):
    return visitor(polis)


@pytest.mark.parametrize("bad", ["a%00b", "a%01b", "a%7Fb", "a%E2%80%AEb"])
def test_an_argument_that_nothing_of_ours_has_is_not_found(polis, kim, bad):
    rules = {rule.rule for rule in polis.app.url_map.iter_rules() if "GET" in rule.methods}
    asked = {re.sub("<[^>]+>", bad, rule) for rule in rules if "<" in rule}
    assert len(asked) > 10
    for path in asked:
        answer = kim.get(path)
        assert answer.status_code == (401 if path.startswith("/api/") else 404), path


def test_an_address_of_one_that_is_there_beside_one_that_cannot_be_is_not_found(kim):
    assert kim.get(f"/app/apps/{kim.who.organization_id}/a%00b").status_code == 404


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/app/apps", {"organization": NUL, "app": "x"}),
        ("/app/apps", {"organization": "x", "app": NUL}),
        (LIST, {"preset": "claude-code", "organization": NUL, "form": "y"}),
        ("/device", {"user_code": NUL}),
        ("/login", {"email": f"{NUL}@example.com", "how": "link"}),
        ("/report-leak", {"secret": NUL, "where": NUL}),
    ],
)
def test_a_form_that_nobody_can_type_is_refused_in_words(kim, path, form):
    answer = press(kim, path, **form)
    assert answer.status_code == 400
    assert "a character that nobody can type" in answer.text


def test_no_consent_and_no_app_is_made_of_it(polis, kim):
    page = kim.ask(registered(polis)[0])
    assert kim.answer(page, "approve", organization=NUL, limit=NUL).status_code == 400
    assert make(kim, name=NUL, client_uri="https://a.example/\0", form=NUL).status_code == 400
    assert kim.grants() == []


def test_what_a_client_hands_on_in_an_address_breaks_nothing(polis, kim):
    client, _ = registered(polis)
    assert kim.get(address(client, login_hint=NUL, nonce=NUL)).status_code < 500
    for path in ("/login", "/device?user_code=", f"{LIST}/new?kind=public&organization="):
        assert kim.get(f"{path}{'' if path == '/login' else 'a%00b'}").status_code < 500


def test_lines_and_tabs_are_written_as_ever(kim):
    uris = "https://a.example/one\r\n\thttps://a.example/two"
    assert make(kim, redirect_uris=uris).status_code == 201


def test_programs_are_told_in_their_own_form(polis):
    answer = polis.app.test_client().post("/token", data={"code": NUL}, base_url=BASE)
    assert (answer.status_code, answer.json["error"]) == (400, "invalid_request")
