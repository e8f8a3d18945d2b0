"""Developer apps made: from a form, with one click, and what is refused."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from app.domain.clients import presets
from app.models.audit import AuditEvent
from tests.web.apps.desk import (
    FORM,
    LIST,
    NEW,
    SECRET,
    accepted,
    buttons,
    known,
    made,
    make,
    rotated,
    rows,
    values,
)
from tests.web.apps.people import press, stale
from tests.web.oauth.visitor import visitor


def test_with_no_app_the_way_to_make_one_stands_there(kim):
    page = kim.get(LIST).text
    assert "No app yet." in page
    assert f'href="{NEW}"' in page
    for preset in presets.PRESETS.values():
        assert f">{preset.title}</button>" in page


def test_an_app_is_made_as_it_was_filled_in_and_listed(polis, kim):
    path, row, secret = made(kim)
    app = known(polis.services, row)
    assert (app.kind, app.organization_id) == ("developer", kim.who.organization_id)
    assert app.redirect_uris == ("https://bot.example/callback", "https://bot.example/other")
    assert app.scopes == ("mcp", "email")
    assert (app.access_life_s, app.refresh_life_s) == (7200, 7 * 86_400)
    assert set(app.links.values()) == {
        value for name, value in FORM.items() if name.endswith("_uri")
    }
    assert accepted(polis.services, row, secret)
    listed = kim.get(LIST).text
    assert "Newsletter bot" in listed
    assert path in listed


def test_the_secret_is_shown_once_and_never_again(polis, kim):
    path, _, secret = made(kim)
    for page in (path, LIST, f"{path}/edit", f"{path}/secret", f"{path}/delete"):
        assert secret not in kim.get(page).text
    assert f"polis_cs_…{secret[-4:]}" in kim.get(path).text


def test_a_secret_is_in_no_log_no_act_and_no_address(polis, kim, capsys):
    path, _, secret = made(kim)
    second = SECRET.search(rotated(kim, path).text)[0]
    with polis.services.database.reading() as session:
        told = str([each.details for each in session.scalars(select(AuditEvent))])
    said = capsys.readouterr()
    for each in (secret, second):
        assert each not in told + said.out + said.err


def test_a_public_app_has_no_secret(polis, kim):
    page = make(kim, kind="public", redirect_uris="myapp:/callback")
    assert not SECRET.search(page.text)
    assert "It is public and has no secret" in page.text
    (row,) = rows(polis.services, kim.who.organization_id)
    assert known(polis.services, row).is_public


def test_a_vendors_address_vouches_for_no_other_name_than_the_vendors(polis, kim):
    callback = "https://claude.ai/api/mcp/auth_callback"
    _, row, _ = made(kim, name="Your Bank", redirect_uris=callback, scopes=["mcp"])
    page = visitor(polis).ask(known(polis.services, row)).text
    assert "calls itself <b>Your Bank</b>" in page
    assert "Anyone can choose this name." in page


@pytest.mark.parametrize("name", presets.PRESETS)
def test_one_click_makes_a_platforms_app_and_shows_its_form(polis, kim, name):
    preset = presets.PRESETS[name]
    page = press(kim, LIST, preset=name, organization=kim.who.organization_id, form="f")
    assert page.status_code == 201
    (row,) = rows(polis.services, kim.who.organization_id)
    assert row.redirect_uris == list(preset.app.redirect_uris)
    secret = SECRET.search(page.text)
    card = presets.card(preset, row.client_id, secret and secret[0], "http://127.0.0.1:8000")
    assert f"What {preset.title} asks for" in page.text
    assert values(page)[: len(card)] == [each.value for each in card]
    assert set(values(page)) <= set(buttons(page))
    assert all(f'Copy</span><span class="sr"> {each.label}<' in page.text for each in card)
    assert (secret is not None) is preset.app.confidential
    everything = values(page)
    for address in ("/mcp", "/oauth/authorize", "/api/oauth/token"):
        assert f"http://127.0.0.1:8000{address}" in everything


def test_the_card_of_an_app_of_ones_own_has_every_field_forms_have(kim):
    page = make(kim)
    for label in (
        "Name",
        "Server URL",
        "Client ID",
        "Client secret",
        "Authorization URL",
        "Token URL",
    ):
        assert f">{label}</dt>" in page.text
    assert len(values(page)) == 6
    assert 'href="/app/check">connector check</a>' in page.text


def test_a_platform_nobody_knows_is_not_there(kim):
    assert press(kim, LIST, preset="x", organization=kim.who.organization_id).status_code == 404


@pytest.mark.parametrize("how", ["the form", "one click"])
def test_the_same_form_twice_makes_one_app(polis, kim, how):
    where = {"organization": kim.who.organization_id, "form": "frm_once"}
    sending = (LIST, {"preset": "claude", **where}) if how == "one click" else (NEW, FORM | where)
    first, second = (press(kim, sending[0], **sending[1]) for _ in range(2))
    (row,) = rows(polis.services, kim.who.organization_id)
    assert first.status_code == 201
    assert second.headers["Location"] == f"{LIST}/{row.id}?before"
    assert "This was done already" in kim.get(second.headers["Location"]).text
    other = visitor(polis)
    assert (
        press(
            other, LIST, preset="claude", organization=other.who.organization_id, form="frm_once"
        ).status_code
        == 201
    )


WRONG = [
    ("name", " ", "Give the app a name."),
    ("name", "n" * 81, "A name has at most 80 characters."),
    ("name", "\u0421laude", "This reads like Claude, whose redirect URIs these are not."),
    ("redirect_uris", "", "List 1 to 10 addresses, one a line."),
    ("redirect_uris", "https://a.example/\nhttp://b.example/", "Line 2: http is for 127.0.0.1"),
    ("redirect_uris", "myapp:/cb", "Private-use schemes are for public clients only."),
    ("redirect_uris", "https://*.example/", "no wildcard"),
    ("scopes", [], "Choose at least one."),
    ("scopes", ["admin"], "Choose at least one."),
    ("client_uri", "bot.example", "This is no http or https address."),
    ("logo_uri", "javascript:alert(1)", "This is no http or https address."),
    ("tos_uri", "https://a.example/" + "x" * 500, "This is no http or https address."),
    ("policy_uri", "ftp://a.example", "This is no http or https address."),
    ("access_life", "0", "Access lives from 1 to 720 hours."),
    ("access_life", "721", "Access lives from 1 to 720 hours."),
    ("access_life", "soon", "Write a whole number, or nothing."),
    ("refresh_life", "181", "Refreshing works for 1 to 180 days."),
    ("refresh_life", "-1", "Write a whole number, or nothing."),
    ("organization", "org_unknown", "Choose an organization you administer."),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "sentence"), WRONG)
def test_what_will_not_do_is_told_beside_its_field_and_above(polis, kim, field, value, sentence):
    page = make(kim, **{field: value})
    assert page.status_code == 422
    assert "1 field needs a change." in page.text
    if field != "organization":  # one that cannot be chosen is not among the choices
        assert page.text.count(sentence) == 2
    assert f'href="#{field}"' in page.text
    assert rows(polis.services, kim.who.organization_id) == []


def test_every_fault_is_told_at_once_and_nothing_is_lost(kim):
    wrong = {
        "name": "",
        "redirect_uris": "ftp://a.example/<b>",
        "access_life": "x",
        "tos_uri": "terms",
    }
    page = make(kim, **wrong, scopes=["email"], kind="public")
    assert "4 fields need a change." in page.text
    text = unescape(page.text)
    assert "ftp://a.example/<b></textarea>" in text
    for kept in ('value="x"', 'value="terms"', 'value="https://bot.example/privacy"', 'value="7"'):
        assert kept in text
    assert 'value="public" checked' in text
    assert re.findall(r'name="scopes" value="(\w+)" checked', text) == ["email"]


def test_an_app_made_too_long_after_signing_in_is_asked_for_again_with_what_was_typed(polis, kim):
    answer = make(stale(kim))
    asked = urlsplit(answer.headers["Location"])
    assert asked.path == "/login"
    assert rows(polis.services, kim.who.organization_id) == []
    back = parse_qs(asked.query)["next"][0]
    page = unescape(visitor(polis, kim.who).get(back).text)
    assert FORM["redirect_uris"].replace("\r\n", "\n") in page.replace("\r\n", "\n")
    for kept in ("Newsletter bot", "https://bot.example/logo.png", 'value="2"', 'value="7"'):
        assert kept in page
    assert re.findall(r'name="scopes" value="(\w+)" checked', page) == ["mcp", "email"]


def test_what_is_too_long_for_an_address_comes_back_without_it(kim):
    answer = make(stale(kim), redirect_uris="https://a.example/" + "ä" * 3000)
    assert answer.headers["Location"] == "/login?next=%2Fapp%2Fdeveloper-apps%2Fnew&again=1"


def test_one_click_too_long_after_signing_in_says_which_to_press_again(polis, kim):
    answer = press(stale(kim), LIST, preset="claude", organization=kim.who.organization_id)
    back = parse_qs(urlsplit(answer.headers["Location"]).query)["next"][0]
    assert "Press Claude once more." in visitor(polis, kim.who).get(back).text
    assert rows(polis.services, kim.who.organization_id) == []
