"""Forms and cookies: a token bound to its browser, cookies no script and no other host can have."""

import re
from dataclasses import replace

import pytest

from tests.tools.installation import running
from tests.web.account.browser import PASSWORD, Visitor

SECURE = "https://polis.example"


@pytest.fixture
def secure(polis):
    settings = polis.services.settings.model_copy(update={"base_url": SECURE})
    with running(replace(polis.services, settings=settings)) as installation:
        yield Visitor(installation, base=SECURE)


def test_cookies_over_https_are_bound_to_the_host(secure, email):
    secure.sign_up(email)
    answer = secure.press(secure.link(email))
    cookies = answer.headers.getlist("Set-Cookie")
    assert sorted(each.partition("=")[0] for each in cookies) == [
        "__Host-polis",
        "__Host-polis_form",
    ]
    for each in cookies:
        parts = {part.strip().partition("=")[0] for part in each.split(";")[1:]}
        assert {"Secure", "HttpOnly", "Path", "SameSite"} <= parts
        assert "Domain" not in parts
        assert "SameSite=Lax" in each
        assert "Path=/" in each
    assert secure.is_signed_in()


def test_cookies_over_http_are_the_same_without_both(someone, email):
    someone.sign_up(email)
    cookies = someone.press(someone.link(email)).headers.getlist("Set-Cookie")
    assert sorted(each.partition("=")[0] for each in cookies) == ["polis", "polis_form"]
    assert not any("Secure" in each for each in cookies)
    assert all("HttpOnly" in each and "SameSite=Lax" in each for each in cookies)


@pytest.mark.parametrize(
    "path", ["/", "/pricing", "/docs", "/docs/overview", "/nowhere", "/healthz", "/app/"]
)
def test_a_page_without_a_form_sets_no_cookie(someone, path):
    assert "Set-Cookie" not in someone.open(path).headers


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/login", {"email": "username", "password": "current-password"}),
        ("/signup", {"email": "username", "password": "new-password"}),
        ("/forgot", {"email": "username"}),
    ],
)
def test_a_browser_is_told_what_to_fill_in(someone, path, typed):
    page = someone.open(path).text
    for name, what in typed.items():
        (tag,) = re.findall(rf'<input class="input"[^>]* name="{name}"[^>]*>', page)
        assert re.search(r'autocomplete="([^"]+)"', tag)[1].split()[0] == what


def test_a_new_password_is_told_from_the_present_one(someone, email):
    someone.press(someone.sign_up(email).link(email))
    page = someone.open("/app/settings/password").text
    assert re.findall(r'type="password" autocomplete="([^"]+)"', page) == ["new-password"]
    assert f'name="username" value="{email}" autocomplete="username"' in page


@pytest.mark.parametrize("path", ["/login", "/signup", "/forgot", "/logout", "/app/", "/link/x"])
def test_a_form_without_our_token_is_refused(someone, another, path):
    another.open("/login")
    someone.open("/login")
    foreign = another.token
    for fields in ({}, {"csrf_token": ""}, {"csrf_token": "x"}, {"csrf_token": foreign}):
        answer = someone.send(path, token=False, email="a@example.com", password=PASSWORD, **fields)
        assert answer.status_code == 400
        assert "not valid any more" in answer.text


def test_a_token_of_before_signing_in_is_worth_nothing_after(someone, email):
    someone.sign_up(email)
    someone.press(someone.link(email))
    assert someone.send("/logout").status_code == 400
    someone.open("/app/")
    assert someone.send("/logout").status_code == 303


def test_forms_outlive_a_roll_of_the_secret(polis, someone):
    someone.open("/login")
    rolled = replace(
        polis.services,
        links=type(polis.services.links)(
            "http://127.0.0.1:8000", ("a newer secret", *polis.services.links.keys)
        ),
    )
    with running(rolled) as installation:
        someone.http.application = installation.app
        answer = someone.send("/login", email="nobody@example.com", password="whatever it is")
        assert answer.status_code == 422


def test_a_bearer_opens_no_page(polis, someone):
    key = polis.agent().who.key
    answer = someone.http.get(
        "/app/", base_url=someone.base, headers={"Authorization": f"Bearer {key}"}
    )
    assert answer.location.startswith("/login")


def test_the_mailbox_is_developments_alone(polis, email):
    someone = Visitor(polis, peer="127.0.0.1")
    someone.sign_up(email)
    polis.work_off()
    assert email in someone.open("/dev/mail").text
    assert "/link/" in someone.open("/dev/mail", query_string={"to": email}).text
    settings = polis.services.settings.model_copy(update={"env": "production"})
    with running(replace(polis.services, settings=settings)) as installation:
        assert Visitor(installation, peer="127.0.0.1").open("/dev/mail").status_code == 404
