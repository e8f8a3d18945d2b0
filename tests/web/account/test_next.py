"""S15: whatever `next` holds, nobody is led away from us, at none of the doors that carry it."""

from urllib.parse import quote, urlencode, urljoin, urlsplit

import pytest

from tests.rounds import rounds
from tests.web.account.browser import BASE, PASSWORD, Visitor
from tests.web.account.somebody import somebody
from tests.web.test_signed_in import ELSEWHERE

PAYLOADS = [each for each in ELSEWHERE if each is not None] + [
    "%2F%2Fevil.example", "/%09/evil.example", "/%5Cevil.example", "https%3A%2F%2Fevil.example",
    "//evil.example/%2F..", "/\u2044/evil.example", "http://[::1]/", "//[::1]/", "ftp://evil.example",
]  # fmt: skip
TYPED = [each for each in PAYLOADS if "\0" not in each]  # a form with one is refused whole
OURS = "127.0.0.1:8000"


@pytest.fixture
def ada(polis, email):
    """Somebody with a password."""
    return somebody(polis, email)


def leads(answer) -> str:
    """The host a browser ends at that follows an answer, by whatever it is sent on."""
    for name in ("Location", "Refresh"):
        told = answer.headers.get(name)
        if told is not None:
            return urlsplit(urljoin(f"{BASE}/login", told.partition("url=")[2] or told)).netloc
    raise AssertionError(answer.text)


def test_s15_there_are_more_than_thirty_payloads():
    assert len(set(PAYLOADS)) >= 30


def test_s15_no_sign_in_by_password_leads_away(polis, ada):
    for payload in TYPED[:: max(1, 30 // rounds(100))]:
        visitor = Visitor(polis)
        answer = visitor.sign_in(ada, onward=payload)
        assert (answer.status_code, leads(answer)) == (303, OURS), payload
        assert follow(visitor, answer) == OURS, payload


def test_s15_no_page_sends_whoever_is_signed_in_away(someone, ada, measured):
    someone.sign_in(ada)
    measured("S15", "payloads of next=", len(set(PAYLOADS)))
    for payload in PAYLOADS:
        for path in ("/login", "/signup", "/continue"):
            answer = someone.open(f"{path}?{urlencode({'next': payload})}")
            assert leads(answer) == OURS, (path, payload)


def test_s15_the_page_in_between_links_nowhere_else(someone, ada):
    someone.sign_in(ada)
    for payload in PAYLOADS:
        page = someone.open(f"/continue?{urlencode({'next': payload})}").text
        assert 'href="//' not in page
        assert 'href="http' not in page
        assert 'href="javascript' not in page.lower()


def test_s15_no_mailed_link_leads_away(polis, ada):
    for payload in TYPED[::6]:
        visitor = Visitor(polis)
        visitor.ask_link(ada, onward=payload)
        link = next(each for each in visitor.letters(ada) if "/link/" in each.body).body
        assert leads(visitor.press(link[link.index("/link/") :].split()[0])) == OURS, payload


def test_s15_a_next_said_twice_or_in_the_form_too_leads_nowhere_else(someone, ada):
    someone.open("/login")
    answer = someone.send("/login?next=/app/&next=//evil.example", email=ada, password=PASSWORD,
                          next="//evil.example")  # fmt: skip
    assert leads(answer) == OURS


def test_s15_a_client_is_only_reached_through_the_front_door(someone, ada):
    """What `/oauth/authorize` is asked for by a stranger's link is checked there, not here."""
    wanted = "/oauth/authorize?client_id=x&redirect_uri=" + quote("https://evil.example/")
    answer = someone.sign_in(ada, onward=wanted)
    arrived = someone.open(someone.open(answer.location).headers["Refresh"].partition("url=")[2])
    assert (arrived.status_code, "Location" in arrived.headers) == (400, False)


def follow(visitor, answer) -> str:
    """The host where a browser stands in the end."""
    for _ in range(5):
        if answer.status_code not in {302, 303}:
            return OURS
        if leads(answer) != OURS:
            return leads(answer)
        answer = visitor.open(urlsplit(answer.location)._replace(scheme="", netloc="").geturl())
    return OURS
