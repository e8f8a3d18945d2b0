"""Developer apps on their pages: seen, edited, rotated, switched, deleted, and by whom."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from app.domain.clients import developer_apps, secrets, verified
from app.kit import clock
from tests import oauth
from tests.web.apps.desk import (
    FORM,
    LIST,
    NEW,
    SECRET,
    accepted,
    known,
    made,
    make,
    rotated,
    rows,
)
from tests.web.apps.people import colleague, press, stale
from tests.web.oauth.program import Program
from tests.web.oauth.visitor import Visitor, visitor


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


@pytest.mark.parametrize(
    "change", [{"name": "Your bank"}, {"redirect_uris": "https://evil.example/cb"}]
)
def test_the_operators_word_is_for_the_app_as_it_was(polis, kim, change):
    path, row, _ = made(kim)
    with polis.services.transaction() as session:
        verified.mark(session, row.client_id, clock.now())
    press(kim, f"{path}/edit", **(FORM | {"client_uri": "https://bot.example/about"}))
    assert known(polis.services, row).verified
    press(kim, f"{path}/edit", **(FORM | change))
    assert not known(polis.services, row).verified


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "Grok"), ("tos_uri", "https://[x/"), ("redirect_uris", "https://[1]/cb")],
)
def test_what_will_not_do_in_an_edit_changes_nothing(polis, kim, field, value):
    path, row, _ = made(kim)
    page = press(kim, f"{path}/edit", **(FORM | {"name": "Other", field: value}))
    assert page.status_code == 422
    assert value in page.text
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
    return re.sub(r'req_\w+|(?<=csrf_token" value=")[^"]+', "", page.text)


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
        found = developer_apps.page(session, kim.who.user_id, kim.who.organization_id)[0]
    assert [row.name for row in found] == ["Bot 2", "Bot 1", "Bot 0"]
