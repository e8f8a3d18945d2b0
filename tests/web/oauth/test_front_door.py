"""The token endpoint before Flask: what is ordinary is answered there, all else is left alone."""

import json

import pytest

from app.domain.clients.refusals import OAuthError
from app.web.door.http import Request, Unreadable
from app.web.oauth import replies
from app.web.oauth.front_door import FrontDoor
from tests.web.account.browser import BASE

HOST = BASE.removeprefix("http://")
FORM = "application/x-www-form-urlencoded"


def asked(body=b"grant_type=refresh_token", *, method="POST", read=None, **headers):
    facts = {"host": HOST, "content-type": FORM, "content-length": str(len(body))} | headers
    return Request(method, "/token", facts, read or (lambda: body), "192.0.2.1", "req_1")


def door(polis, answer=lambda asking: replies.Reply(200, asking.form)):
    return FrontDoor(polis.services, answer)


def test_an_ordinary_form_is_answered_with_what_every_answer_carries(polis):
    answer = door(polis)(asked(b"a=1+2&b=%C3%A4&c="))
    headers = dict(answer.headers)
    assert (answer.status, json.loads(answer.body)) == (200, {"a": "1 2", "b": "ä"})
    assert headers["X-Request-Id"] == "req_1"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "odd",
    [
        {"method": "OPTIONS"},
        {"method": "GET"},
        {"content-type": "application/json"},
        {"content-type": ""},
        {"content-length": ""},
        {"content-length": "65537"},
        {"host": "elsewhere.example"},
    ],
    ids=str,
)
def test_whatever_is_odd_is_left_to_the_view(polis, odd):
    assert door(polis)(asked(**odd)) is None


def test_a_refusal_has_the_form_of_oauth(polis):
    def refuse(_):
        raise OAuthError("No.")

    answer = door(polis, refuse)(asked())
    assert (answer.status, json.loads(answer.body)["error"]) == (400, "invalid_request")


def test_a_body_that_ends_early_is_the_senders_mistake(polis):
    def ends_early():
        raise Unreadable

    assert door(polis)(asked(read=ends_early)).status == 400


def test_a_mistake_of_ours_is_owned_up_to_and_tells_nothing(polis, caplog):
    def break_(_):
        raise RuntimeError("the password is 1234")

    answer = door(polis, break_)(asked())
    assert (answer.status, json.loads(answer.body)["error"]) == (500, "server_error")
    assert b"1234" not in answer.body
    assert "request failed" in caplog.text
