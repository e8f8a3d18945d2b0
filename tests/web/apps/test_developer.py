"""Developer apps on their pages: made, shown once, edited, rotated, switched, deleted."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from app.domain.clients import developer_apps, find, presets, secrets
from app.kit import clock
from app.models.audit import AuditEvent
from app.models.clients import Client
from tests import oauth
from tests.web.apps.people import colleague, press, stale
from tests.web.oauth.program import Program
from tests.web.oauth.visitor import Visitor, visitor

LIST = "/app/developer-apps"
NEW = f"{LIST}/new"
SECRET = re.compile(r"polis_cs_\w{20,}")
FORM = {
    "name": "Newsletter bot",
    "kind": "confidential",
    "redirect_uris": "https://bot.example/callback\r\nhttps://bot.example/other",
    "scopes": ["mcp", "email"],
    "client_uri": "https://bot.example/",
    "logo_uri": "https://bot.example/logo.png",
    "tos_uri": "https://bot.example/terms",
    "policy_uri": "https://bot.example/privacy",
    "access_life": "2",
    "refresh_life": "7",
}


def make(browser, **changed):
    """Send the form of a new app."""
    form = FORM | {"organization": browser.who.organization_id, "form": clock.now().isoformat()}
    return press(browser, NEW, **(form | changed))


def rows(services, organization_id):
    with services.database.reading() as session:
        mine = select(Client).where(Client.organization_id == organization_id)
        return list(session.scalars(mine.order_by(Client.created_at, Client.id)))


def made(browser, **changed):
    """A new app: its page's address, its row, and its secret."""
    page = make(browser, **changed)
    assert page.status_code == 201, page.text
    row = rows(browser.services, browser.who.organization_id)[-1]
    found = SECRET.search(page.text)
    return f"{LIST}/{row.id}", row, found and found[0]


def accepted(services, row, secret):
    with services.database.reading() as session:
        return secrets.matches(session, row.id, secret, clock.now())


def known(services, row):
    with services.database.reading() as session:
        return find.by_row_id(session, row.id)


def values(page):
    """What the card of a page offers to copy."""
    return [unescape(each) for each in re.findall(r'<dd class="copy"><code>([^<]*)', page.text)]


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
    assert (secret is not None) is preset.app.confidential
    everything = values(page)
    for address in ("/api/mcp", "/oauth/authorize", "/api/oauth/token"):
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


def rotated(browser, path, **form):
    former = re.search(r'name="former" value="(\w*)"', browser.get(f"{path}/secret").text)
    return press(browser, f"{path}/secret", former=former[1], **form)


@pytest.mark.parametrize(
    ("overlap", "works_on"), [("24", True), ("168", True), ("0", False), ("9", True)]
)
def test_a_rotated_secret_overlaps_as_long_as_was_chosen(polis, kim, overlap, works_on):
    path, row, first = made(kim)
    page = rotated(kim, path, overlap=overlap)
    second = SECRET.search(page.text)[0]
    assert second != first
    assert accepted(polis.services, row, second)
    assert accepted(polis.services, row, first) is works_on
    assert ("rolling" in kim.get(path).text) is works_on


def test_rotating_twice_with_one_click_too_many_leaves_the_first_secret_alone(polis, kim):
    path, row, first = made(kim)
    former = re.search(r'name="former" value="(\w+)"', kim.get(f"{path}/secret").text)[1]
    press(kim, f"{path}/secret", former=former, overlap="24")
    again = press(kim, f"{path}/secret", former=former, overlap="24")
    assert again.headers["Location"] == f"{path}?before"
    assert accepted(polis.services, row, first)


def test_an_app_whose_secrets_are_all_dead_gets_another(polis, kim):
    path, row, _ = made(kim)
    with polis.services.transaction() as session:
        secrets.end(session, row.id, clock.now())
    assert "None works at present." in kim.get(f"{path}/secret").text
    assert accepted(polis.services, row, SECRET.search(rotated(kim, path).text)[0])


def test_a_public_app_has_no_secret_to_rotate(kim):
    path, _, _ = made(kim, kind="public")
    assert "A public app keeps no secret." in kim.get(f"{path}/secret").text
    assert press(kim, f"{path}/secret", former="").status_code == 409


def test_an_app_is_edited_and_nothing_else_of_it_moves(polis, kim):
    path, row, secret = made(kim)
    page = unescape(kim.get(f"{path}/edit").text)
    for kept in (
        "Newsletter bot",
        "https://bot.example/other</textarea>",
        'value="2"',
        'value="7"',
    ):
        assert kept in page
    answer = press(kim, f"{path}/edit", **(FORM | {"name": "Other bot", "access_life": ""}))
    assert answer.headers["Location"] == f"{path}?saved"
    app = known(polis.services, row)
    assert (app.name, app.access_life_s, app.client_id) == ("Other bot", None, row.client_id)
    assert accepted(polis.services, row, secret)
    assert "Saved." in kim.get(f"{path}?saved").text


def test_what_will_not_do_in_an_edit_changes_nothing(polis, kim):
    path, row, _ = made(kim)
    page = press(kim, f"{path}/edit", **(FORM | {"name": "Grok"}))
    assert page.status_code == 422
    assert 'value="Grok"' in page.text
    assert known(polis.services, row).name == "Newsletter bot"


def test_an_edit_too_long_after_signing_in_keeps_what_was_typed(polis, kim):
    path, row, _ = made(kim)
    answer = press(stale(kim), f"{path}/edit", **(FORM | {"name": "Other bot"}))
    back = parse_qs(urlsplit(answer.headers["Location"]).query)["next"][0]
    assert 'value="Other bot"' in visitor(polis, kim.who).get(back).text
    assert known(polis.services, row).name == "Newsletter bot"


def test_an_app_that_becomes_confidential_shows_its_first_secret(polis, kim):
    path, row, _ = made(kim, kind="public")
    page = press(kim, f"{path}/edit", **FORM)
    assert accepted(polis.services, row, SECRET.search(page.text)[0])


def test_the_switch_lets_an_app_act_alone_and_takes_it_back(polis, kim):
    path, row, secret = made(kim)
    program = Program(polis.app, known(polis.services, row), secret)
    for on, status in (("on", 200), ("off", 400)):
        assert press(kim, path, acts_alone=on).headers["Location"] == f"{path}?{on}"
        assert program.ask(grant_type="client_credentials").status_code == status
    page = kim.get(f"{path}?off").text
    assert "It acts alone no more." in page
    assert "Switch on" in page


def test_a_public_app_cannot_act_alone(kim):
    path, _, _ = made(kim, kind="public")
    assert "client_credentials" not in kim.get(path).text
    assert press(kim, path, acts_alone="on").status_code == 409


def test_before_its_end_an_app_says_what_ends_with_it(polis, kim):
    path, row, secret = made(kim)
    kim.answer(kim.ask(known(polis.services, row)), "approve")
    page = re.sub(r"\s+", " ", kim.get(f"{path}/delete").text)
    assert "1 connection of 1 person ends" in page
    assert "its secret is dead" in page
    assert row.client_id in page
    answer = press(kim, f"{path}/delete")
    assert answer.headers["Location"] == f"{LIST}?deleted"
    assert "Deleted." in kim.get(answer.headers["Location"]).text
    assert known(polis.services, row) is None
    assert not accepted(polis.services, row, secret)
    assert kim.grants()[0].ended_because == "client_deleted"
    for gone in (path, f"{path}/edit", f"{path}/secret", f"{path}/delete"):
        assert kim.get(gone).status_code == 404


def test_an_app_nobody_uses_cuts_nobody_off(kim):
    path, _, _ = made(kim)
    assert "nobody is cut off" in kim.get(f"{path}/delete").text


def pages(path):
    """Every form of an app: where it is sent and what it says."""
    return [
        (path, {"acts_alone": "on"}),
        (f"{path}/edit", FORM),
        (f"{path}/secret", {"former": ""}),
        (f"{path}/delete", {}),
    ]


ROLES = [("member", 403), ("admin", 200), ("owner", 200)]


@pytest.mark.parametrize(("role", "status"), ROLES)
def test_an_organizations_apps_are_for_its_admins_and_owners(polis, kim, role, status):
    path, row, _ = made(kim)
    other = colleague(polis, kim, role)
    listed = other.get(LIST).text
    assert ("Newsletter bot" in listed) is (status == 200)
    assert ("This needs the role admin; yours is member." in listed) is (status == 403)
    for page in (path, f"{path}/edit", f"{path}/secret", f"{path}/delete"):
        assert other.get(page).status_code == status
    mine = {"organization": kim.who.organization_id, "form": "f"}
    assert press(other, LIST, preset="cursor", **mine).status_code == (
        201 if status == 200 else 403
    )
    assert press(other, NEW, **(FORM | mine)).status_code == (303 if status == 200 else 422)
    assert press(other, f"{path}/edit", **(FORM | {"name": "B"})).status_code == (
        303 if status == 200 else 403
    )
    assert press(other, f"{path}/delete").status_code == (303 if status == 200 else 403)
    assert (known(polis.services, row) is None) is (status == 200)


@pytest.mark.parametrize(("role", "may"), [("member", False), ("admin", False), ("owner", True)])
def test_only_an_owner_lets_an_app_act_alone(polis, kim, role, may):
    path, row, _ = made(kim)
    other = colleague(polis, kim, role)
    assert press(other, path, acts_alone="on").status_code == (303 if may else 403)
    assert known(polis.services, row).client_credentials is may
    assert ("Switch o" in other.get(path).text) is may


def test_what_is_of_another_organization_is_not_there(polis, kim):
    path, row, _ = made(kim)
    stranger = visitor(polis)
    for page, form in pages(path):
        unknown = page.replace(row.id, "cli_unknown")
        assert stranger.get(page).status_code == stranger.get(unknown).status_code == 404
        assert press(stranger, page, **form).status_code == 404
        assert bare(stranger.get(page)) == bare(stranger.get(unknown))
    assert known(polis.services, row).name == "Newsletter bot"
    mine = {"organization": kim.who.organization_id, "form": "f"}
    assert press(stranger, LIST, preset="cursor", **mine).status_code == 404
    assert press(stranger, NEW, **(FORM | mine)).status_code == 422


def bare(page):
    """A page without what differs each time."""
    return re.sub(r"req_\w+", "", page.text)


def test_clients_that_registered_themselves_are_no_developer_apps(polis, kim):
    client = oauth.client(polis.services)
    assert kim.get(f"{LIST}/{client.id}").status_code == 404


def test_whoever_has_not_proved_their_address_makes_no_app(polis):
    kim = visitor(polis, verified=False)
    listed = kim.get(LIST).text
    assert "Prove your e-mail address first." in listed
    assert NEW not in listed
    assert kim.get(NEW).headers["Location"] == LIST
    assert make(kim).status_code == 403
    assert (
        press(kim, LIST, preset="claude", organization=kim.who.organization_id).status_code == 403
    )
    assert rows(polis.services, kim.who.organization_id) == []


def test_every_change_takes_a_fresh_sign_in(polis, kim):
    path, row, secret = made(kim)
    stale(kim)
    for page in (NEW, f"{path}/edit", f"{path}/secret", f"{path}/delete"):
        assert kim.get(page).headers["Location"].startswith("/login?next=")
    for page, form in pages(path):
        assert press(kim, page, **form).headers["Location"].startswith("/login?next=")
    assert kim.get(path).status_code == 200
    app = known(polis.services, row)
    assert (app.name, app.client_credentials) == ("Newsletter bot", False)
    assert accepted(polis.services, row, secret)


def test_forged_forms_do_nothing(polis, kim):
    path, row, secret = made(kim)
    mine = {"organization": kim.who.organization_id, "form": "f"}
    for page, form in [*pages(path), (NEW, FORM | mine), (LIST, {"preset": "claude", **mine})]:
        assert kim.post(page, form).status_code == 400
    assert len(rows(polis.services, kim.who.organization_id)) == 1
    assert known(polis.services, row).name == "Newsletter bot"
    assert accepted(polis.services, row, secret)


def test_a_stranger_signs_in_first(polis):
    for path in (LIST, NEW, f"{LIST}/cli_x", f"{LIST}/cli_x/delete"):
        answer = Visitor(polis, None).get(path)
        assert answer.headers["Location"].startswith("/login?next=%2Fapp%2Fdeveloper-apps")


def test_of_several_organizations_one_is_chosen(polis, kim):
    other = visitor(polis)
    colleague_of = colleague(polis, other, "admin")
    mine = {"organization": other.who.organization_id, "form": "f"}
    assert 'name="organization"' in colleague_of.get(NEW).text
    assert "Choose an organization you administer." in make(colleague_of, organization="").text
    assert press(colleague_of, NEW, **(FORM | mine)).status_code == 201
    assert len(rows(polis.services, other.who.organization_id)) == 1
    assert rows(polis.services, colleague_of.who.organization_id) == []


def test_apps_are_listed_newest_first_however_many(polis, kim):
    for number in range(3):
        make(kim, name=f"Bot {number}", form=f"f{number}")
    with polis.services.database.reading() as session:
        found = developer_apps.listed(session, kim.who.user_id, kim.who.organization_id)
    assert [row.name for row in found] == ["Bot 2", "Bot 1", "Bot 0"]
