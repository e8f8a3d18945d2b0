"""A consent page answers one request, in one browser, once, for ten minutes (S13)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.domain import sessions
from app.domain.grants import forms
from app.domain.grants.forms import FormLost, FormUsed, Shown
from app.domain.sessions import Browser
from app.kit import clock, secrets
from tests.domain.grants.apps import check, query
from tests.factories import member


def _browser(services, who=None):
    who = who or member(services, verified=True)
    with services.transaction() as session:
        return sessions.begin(session, who.user_id, Browser("127.0.0.1", "x"), clock.now()).id


def _shown(services, session_id, request=None, now=None):
    with services.transaction() as session:
        shown = Shown(request or check(query()), 3)
        return forms.show(session, shown, session_id, now or clock.now())


def _read(services, secret, session_id, now=None):
    with services.database.reading() as session:
        return forms.read(session, secret, session_id, now or clock.now())


def _use(services, secret, session_id, now=None):
    with services.transaction() as session:
        forms.use(session, secret, session_id, now or clock.now())


@pytest.mark.parametrize(
    "text",
    [
        query(scope="mcp openid", prompt="login consent", nonce="n\u00e4", max_age="0"),
        query(state=None) + "&state=%FF%00%E2%80%A8",
    ],
)
def test_the_request_comes_back_exactly_as_it_was_shown(services, text):
    browser, request = _browser(services), check(text)
    assert _read(services, _shown(services, browser, request), browser) == (request, 3)


def test_a_page_is_answered_once(services):
    browser = _browser(services)
    secret = _shown(services, browser)
    _use(services, secret, browser)
    with pytest.raises(FormUsed):
        _use(services, secret, browser)


def test_of_many_who_answer_at_once_one_does(services):
    browser = _browser(services)
    secret = _shown(services, browser)

    def answer(_):
        try:
            _use(services, secret, browser)
        except FormUsed:
            return 0
        return 1

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(answer, range(8))) == 1


def test_a_page_is_for_the_browser_that_was_shown_it(services):
    who = member(services, verified=True)
    browser, other = _browser(services, who), _browser(services, who)
    secret = _shown(services, browser)
    for session_id in (other, _browser(services), ""):
        with pytest.raises(FormLost):
            _read(services, secret, session_id)
        with pytest.raises(FormUsed):
            _use(services, secret, session_id)


def test_a_page_is_good_for_ten_minutes(services):
    browser, now = _browser(services), clock.now()
    secret = _shown(services, browser, now=now)
    assert _read(services, secret, browser, now + timedelta(minutes=10, milliseconds=-1))
    with pytest.raises(FormLost):
        _read(services, secret, browser, now + timedelta(minutes=10))


@pytest.mark.parametrize(
    "secret", ["", "x", "\u00e4", secrets.mint("polis_cf_")], ids=["none", "x", "ae", "made up"]
)
def test_an_invented_page_is_nobodys(services, secret):
    with pytest.raises(FormLost):
        _read(services, secret, _browser(services))


def test_pages_nobody_can_answer_are_dropped(services):
    browser, now = _browser(services), clock.now()
    _shown(services, browser, now=now - timedelta(minutes=10))
    kept = _shown(services, browser, now=now)
    with services.transaction() as session:
        assert forms.forget_old(session, now) == 1
    assert _read(services, kept, browser)
