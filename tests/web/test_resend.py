"""What was typed into a form whose token or sign-in is over is not lost, and is not sent unasked."""

import re

import pytest

from tests.tools.installation import polis, standing
from tests.web.fixtures import email
from tests.web.member import signed_in

__all__ = ["email", "polis", "standing"]

OURS = {"Sec-Fetch-Site": "same-origin"}
TYPED = {"text": "A draft worth keeping", "content_type": "text", "persona_count": "10"}


@pytest.fixture
def kim(polis, email):
    return signed_in(polis, email)


def _post(kim, path, headers=OURS, **fields):
    return kim.http.post(path, base_url=kim.base, data=fields, headers=headers)


def _fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def test_a_form_with_an_old_token_is_shown_again_and_sent_with_a_new_one(kim):
    shown = _post(kim, "/app/keys", csrf_token="old", name="ci")
    assert shown.status_code == 400
    assert shown.headers["Cache-Control"] == "no-store"
    fields = _fields(shown.text)
    assert fields["name"] == "ci"
    assert _post(kim, "/app/keys", **fields).status_code == 201
    assert "ci" in kim.open("/app/keys").text


def test_whoever_was_signed_out_keeps_what_they_typed_and_sends_it_once_they_are_back(kim, email):
    kim.open("/app/new")
    token = kim.token
    kim.http.delete_cookie("polis", domain="127.0.0.1")
    shown = _post(kim, "/app/new", csrf_token=token, **TYPED)
    assert shown.status_code == 401
    assert "You were signed out" in shown.text
    assert _fields(shown.text)["text"] == TYPED["text"]
    kim.sign_in(email)
    again = _post(kim, "/app/new", **_fields(shown.text))
    assert again.status_code == 400  # its token is of before the sign-in
    fields = _fields(again.text)
    assert fields["text"] == TYPED["text"]
    estimate = _post(kim, "/app/new", **fields)
    assert estimate.status_code == 200
    assert TYPED["text"] in estimate.text


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", None])
def test_what_no_page_of_ours_sent_is_not_offered(kim, site):
    headers = {"Sec-Fetch-Site": site} if site else {}
    answer = _post(kim, "/app/keys", headers, csrf_token="old", name="planted")
    assert answer.status_code == 400
    assert "planted" not in answer.text


@pytest.mark.parametrize("path", ["/app/settings/password", "/login", "/signup"])
def test_what_may_be_a_password_is_never_shown_again(kim, path):
    answer = _post(kim, path, csrf_token="old", password="correct horse", email="a@b.example")
    assert answer.status_code == 400
    assert "correct horse" not in answer.text
