"""The public form: it ends what is real, and tells whoever asks nothing."""

import re
from dataclasses import replace

import pytest

from app.domain.credentials import BadCredential
from app.kit import clock, secrets
from tests.factories import member
from tests.tools.installation import running
from tests.web.leaks.letters import letters

HOST = {"Host": "127.0.0.1:8000"}


def browser(app, address="198.51.100.1"):
    """A form filled in as a browser does, its token and cookie included."""
    http = app.test_client()

    def send(secret: str, where: str = "", **more):
        environ = {"REMOTE_ADDR": more.pop("address", address)}
        page = http.get("/report-leak", headers=HOST, environ_overrides=environ).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        form = {"csrf_token": token, "secret": secret, "where": where, **more}
        return http.post("/report-leak", data=form, headers=HOST, environ_overrides=environ)

    return send


@pytest.fixture
def send(leaks):
    return browser(leaks.app)


def test_a_key_reported_is_dead_and_its_owner_is_told(leaks, send):
    who = member(leaks.services)
    assert send(who.key, "https://pastebin.com/abc?x=1").status_code == 200
    with pytest.raises(BadCredential):
        leaks.services.credentials.authenticate(who.key, clock.now())
    (mail,) = letters(leaks.services, who)
    assert mail["facts"]["where"] == "pastebin[.]com/abc?x=1"
    assert mail["facts"]["reporter"] == "somebody who used our form"


def test_real_dead_and_unknown_secrets_are_answered_with_the_same_bytes(leaks, send):
    key = member(leaks.services).key
    answers = [send(key), send(key), send(secrets.mint("sk_live_")), send(f"  {key}\n")]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.data for answer in answers}) == 1
    assert key not in answers[0].text


@pytest.mark.parametrize("secret", ["", "sk_live_", "password", "sk_live_" + "a" * 38, "é" * 46])
def test_what_is_no_secret_of_ours_is_said_before_anything_is_looked_up(send, secret):
    answer = send(secret)
    assert answer.status_code == 422
    assert "checksum" in answer.text


@pytest.mark.parametrize(
    "where",
    ["javascript:alert(1)", "ftp://a/b", "https://a b", "https://" + "a" * 500, "github.com/a",
     "https://a\x01b", "//a", "data:,x"],
)  # fmt: skip
def test_the_place_is_one_http_address_or_nothing(leaks, send, where):
    who = member(leaks.services)
    answer = send(who.key, where)
    assert answer.status_code == 422
    assert who.key not in answer.text
    assert leaks.services.credentials.authenticate(who.key, clock.now())


def test_a_place_comes_back_as_text_only(send):
    answer = send("nothing", 'https://x/"><script>alert(1)</script>')
    assert "<script>" not in answer.text


def test_a_form_from_elsewhere_is_refused(leaks):
    who = member(leaks.services)
    answer = leaks.app.test_client().post("/report-leak", data={"secret": who.key}, headers=HOST)
    assert answer.status_code == 400
    assert leaks.services.credentials.authenticate(who.key, clock.now())


def test_ten_reports_an_hour_from_one_network_and_no_eleventh(leaks):
    limited = leaks.services.settings.model_copy(update={"rate_limits": True})
    with running(replace(leaks.services, settings=limited)) as installation:
        send = browser(installation.app)
        inside = [f"2001:db8:77:{n:x}::1" for n in range(10)]
        statuses = [send(secrets.mint("sk_live_"), address=each).status_code for each in inside]
        assert statuses == [200] * 10
        assert send(secrets.mint("sk_live_"), address="2001:db8:77:ff::1").status_code == 429
        assert send(secrets.mint("sk_live_"), address="2001:db8:78:ff00::1").status_code == 200


def test_no_other_site_may_read_the_answer(leaks, send):
    answer = send(secrets.mint("sk_live_"))
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
