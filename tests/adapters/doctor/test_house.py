"""Consent inside the house: only where sign-in would begin, and only at the server it is for."""

from urllib.parse import urlencode

import pytest

from app.adapters.doctor.house import House
from app.adapters.doctor.profiles import PROFILES
from app.adapters.doctor.wire import Answer

BASE = "https://polis.example"
BACK = "http://127.0.0.1:49152/callback"
QUERY = urlencode({"state": "a state", "redirect_uri": BACK})
ADDRESS = f"{BASE}/oauth/authorize?{QUERY}"


class Wired:
    """Answers every request with one redirect."""

    def __init__(self, leads):
        self.leads, self.asked = leads, []

    def send(self, _step, method, url, **_):
        self.asked.append((method, url))
        return Answer(
            303 if self.leads else 200, {"Location": self.leads} if self.leads else {}, b""
        )


def came(leads, address=ADDRESS):
    wire, approved = Wired(leads), []
    house = House(BASE, wire, lambda query: approved.append(query) or "a code")
    return house.approve(address, BACK), wire, approved


def test_where_sign_in_would_begin_the_request_is_approved_and_its_state_given_back():
    told, wire, approved = came("/login?next=whatever")
    assert told == {"code": "a code", "state": "a state", "iss": BASE}
    assert wire.asked == [("GET", ADDRESS)]
    assert approved == [QUERY]


@pytest.mark.parametrize("leads", ["", "/oauth/elsewhere", "https://evil.example/", f"{BASE}/app/"])
def test_whatever_else_comes_approves_nothing(leads):
    told, _, approved = came(leads)
    assert told == {}
    assert approved == []


def test_a_refusal_is_told_as_the_client_hears_it():
    told, _, approved = came(f"{BACK}?error=invalid_scope&state=a+state")
    assert told == {"error": "invalid_scope", "state": "a state"}
    assert approved == []


@pytest.mark.parametrize(
    "address", [f"http://polis.example/oauth/authorize?{QUERY}", f"https://other.example/?{QUERY}"]
)
def test_another_server_is_not_even_asked(address):
    told, wire, approved = came("/login", address)
    assert told == {}
    assert wire.asked == approved == []


def test_a_code_never_needs_somebody_who_waits_for_it():
    house = House(BASE, Wired(""), str)
    assert house.redirect_uri(PROFILES["cli"]) == BACK
    assert house.redirect_uri(PROFILES["claude"]) == PROFILES["claude"].redirect_uri
