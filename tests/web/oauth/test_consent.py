"""The consent page: what it shows, who can answer it, and how often (S13, S14, S16)."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.domain import rights, sessions
from app.kit import clock
from app.models.accounts import Organization
from app.models.clients import Client
from app.models.grants import ConsentForm
from app.models.work import Work
from tests import oauth
from tests.factories import member
from tests.web.oauth.joined import joined
from tests.web.oauth.visitor import Visitor, choices, fields, told, visitor

CLAUDE = "https://claude.ai/api/mcp/auth_callback"
CONFIDENTIAL = {"kind": "developer", "auth_methods": "client_secret_basic"}


@pytest.fixture
def client(polis):
    return oauth.client(polis.services, name="Notes")


def _headline(page):
    return re.search(r"<h1[^>]*>(.*?)</h1>", page.text, re.DOTALL)[1]


# What it shows.


def test_its_footer_links_what_is_owed_to_whoever_approves(client, kim):
    (footer,) = re.findall(r'aria-label="Footer">(.*?)</nav>', kim.ask(client).text)
    links = set(re.findall(r'href="([^"]+)"', footer))
    assert links >= {"/pricing", "/privacy", "/terms", "/support", "/status"}


def test_an_unverified_app_is_headed_by_where_its_code_goes(client, kim):
    page = kim.ask(client)
    assert "app.example" in _headline(page)
    assert "Notes" not in _headline(page)
    assert "calls itself <b>Notes</b>" in page.text
    assert "Anyone can choose this name. Approve only if you started this yourself." in page.text


def test_a_verified_app_is_headed_by_its_name(polis, kim):
    claude = oauth.client(polis.services, name="Claude", redirect_uris=[CLAUDE])
    page = kim.ask(claude)
    assert "Claude" in _headline(page)
    assert "Anyone can choose" not in page.text
    assert '<b class="mono">claude.ai</b>' in page.text


@pytest.mark.parametrize(
    ("redirect", "warning"),
    [
        ("http://127.0.0.1:3000/cb", "a program on this computer"),
        ("http://localhost/cb", "a program on this computer"),
        ("http://[::1]:3000/cb", "a program on this computer"),
        ("cursor://anysphere.cursor-mcp/oauth/callback", "answers to cursor:"),
    ],
)
def test_programs_of_this_computer_are_warned_about(polis, kim, redirect, warning):
    page = kim.ask(oauth.client(polis.services, name="Cursor", redirect_uris=[redirect]))
    assert page.status_code == 200
    assert page.text.count('class="banner warn"') == 2
    assert warning in page.text


def test_who_is_signed_in_stands_there_with_a_way_out(client, kim):
    page = kim.ask(client)
    assert "Not you?" in page.text
    assert re.search(r"p_\w+@example\.com", page.text)


def test_a_clients_own_pages_are_linked_with_their_hosts_in_sight(polis, kim):
    links = {"client_uri": "https://notes.example/", "policy_uri": "https://law.example/p"}
    page = kim.ask(oauth.client(polis.services, **links, tos_uri="http://insecure.example/"))
    for url, host in (
        ("https://notes.example/", "notes.example"),
        (links["policy_uri"], "law.example"),
    ):
        assert f'href="{url}"' in page.text
        assert f">{host}<" in page.text
    assert "insecure.example" not in page.text


@pytest.mark.parametrize(
    ("scope", "can", "cannot"),
    [
        ("mcp", "Run tests", "Charge your card"),
        ("mcp:read", "Read runs", "Spend a single token"),
        ("mcp email", "See your e-mail address", "See or create API keys"),
        ("openid", "same person each time", "Spend a single token"),
    ],
)
def test_scopes_are_said_in_plain_words(client, kim, scope, can, cannot):
    page = kim.ask(client, scope=scope)
    assert can in page.text.partition("It cannot")[0]
    assert cannot in page.text.partition("It cannot")[2]
    assert ("limit" in fields(page)) == ("mcp" in scope.split())


def test_money_is_on_the_page(polis, client):
    rich = visitor(polis, tokens=1234)
    page = rich.ask(client)
    assert "Trial. 1,534 tokens left.<" in page.text  # the trial's too, and neither ends
    assert "Spend limit a month" in page.text


def test_little_is_filled_in_for_an_unverified_app(client, kim):
    shown = fields(kim.ask(client))
    assert (shown["limit"], shown["days"]) == ("300", "90")


def test_a_verified_app_has_no_limit_filled_in(polis, kim):
    claude = oauth.client(polis.services, name="Claude", redirect_uris=[CLAUDE])
    shown = fields(kim.ask(claude))
    assert (shown["limit"], shown["days"]) == ("", "180")


def test_approve_and_deny_are_the_same_button_twice(client, kim):
    buttons = re.findall(
        r'<button class="btn btn-equal".*?name="decision".*?>', kim.ask(client).text
    )
    assert len(buttons) == 2
    assert len({re.sub(r'value="\w+"', "", each) for each in buttons}) == 1


# Its policy.


@pytest.mark.parametrize(
    ("redirect", "source"),
    [
        ("https://app.example/callback", "https://app.example"),
        ("https://app.example:8443/cb?x=1", "https://app.example:8443"),
        ("http://127.0.0.1:3000/cb", "http://127.0.0.1:3000"),
        ("http://localhost/cb", "http://localhost"),
        ("http://[::1]:3000/cb", "http:"),
        ("cursor://anysphere.cursor-mcp/cb", "cursor:"),
    ],
)
def test_the_policy_lets_the_form_end_at_that_origin_alone(polis, kim, redirect, source):
    page = kim.ask(oauth.client(polis.services, redirect_uris=[redirect]))
    policy = page.headers["Content-Security-Policy"]
    assert f"form-action 'self' {source};" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert page.headers["Cache-Control"] == "no-store"


def test_it_needs_no_script_and_no_inline_style(client, kim):
    text = kim.ask(client).text
    for forbidden in ("<script", "style=", "onclick", "javascript:"):
        assert forbidden not in text
    assert "autofocus" in text


@pytest.mark.parametrize("name", ["<script>x</script>", '"><img src=x>', "{{ 7777*7777 }}"])
def test_a_name_is_shown_as_text(polis, kim, name):
    page = kim.ask(oauth.client(polis.services, name=name))
    assert "<script" not in page.text
    assert "<img" not in page.text
    assert "60481729" not in page.text


def test_a_metadata_picture_is_never_loaded_from_elsewhere(polis, kim):
    page = kim.ask(oauth.client(polis.services, logo_uri="https://evil.example/x.svg"))
    assert "evil.example" not in page.text


# Who can answer it, and how often.


def test_an_approval_holds_the_terms_that_were_chosen(polis, client, kim):
    kim.answer(kim.ask(client), "approve", limit="1,000", days="30")
    (grant,) = kim.grants()
    assert grant.monthly_cap_tokens == 1000
    assert timedelta(days=29) < grant.expires_at - clock.now() <= timedelta(days=30)
    assert (grant.organization_id, grant.scopes) == (kim.who.organization_id, "mcp")


def test_an_approval_is_told_by_mail_in_our_own_words(polis, client, kim):
    kim.answer(kim.ask(client), "approve")
    with polis.services.database.reading() as session:
        mails = session.scalars(select(Work.payload).where(Work.kind == "send_mail")).all()
    mine = [mail for mail in mails if mail["facts"].get("organization") == kim.who.organization_id]
    assert [mail["purpose"] for mail in mine] == ["app_connected"]
    assert "Notes" not in str(mine)
    assert "polis_ac_" not in str(mine)


def test_approving_twice_ends_on_a_friendly_page(client, kim):
    page = kim.ask(client)
    assert "code" in told(kim.answer(page, "approve"))
    again = kim.answer(page, "approve")
    assert (again.status_code, "Location" in again.headers) == (200, False)
    assert "already connected" in again.text
    assert len(kim.grants()) == 1


@pytest.mark.parametrize("second", ["approve", "deny"])
def test_after_denying_nothing_is_approved_any_more(client, kim, second):
    page = kim.ask(client)
    kim.answer(page, "deny")
    again = kim.answer(page, second)
    assert (again.status_code, "answered this already" in again.text) == (200, True)
    assert kim.grants() == []


FORGERIES = {
    "nothing": lambda _: {"decision": "approve"},
    "no form": lambda form: {**form, "form": ""},
    "an invented form": lambda form: {**form, "form": form["form"].swapcase()},
    "no token": lambda form: {k: v for k, v in form.items() if k != "csrf_token"},
    "an invented token": lambda form: {**form, "csrf_token": "x" + form["csrf_token"]},
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_s13_a_forged_answer_is_worth_nothing(client, kim, forge):
    form = {**fields(kim.ask(client)), "decision": "approve"}
    answer = kim.post("/oauth/authorize", forge(form))
    assert answer.status_code == 400
    assert "Location" not in answer.headers
    assert kim.grants() == []


def test_a_page_is_worth_nothing_in_another_browser(polis, client, kim):
    page = kim.ask(client)
    for other in (visitor(polis, kim.who), visitor(polis), Visitor(polis, None)):
        token = {}
        if other.who:
            token = {"csrf_token": fields(other.ask(client))["csrf_token"]}
        answer = other.answer(page, "approve", **token)
        assert answer.status_code == 400
        assert "Location" not in answer.headers
    assert kim.grants() == []


def test_what_is_posted_beside_the_page_changes_nothing_of_the_request(client, kim):
    page = kim.ask(client, scope="mcp:read")
    more = {"scope": "mcp", "redirect_uri": "https://evil.example/", "client_id": "x", "state": "y"}
    answer = kim.answer(page, "approve", **more)
    assert answer.headers["Location"].startswith(f"{oauth.REDIRECT}?")
    assert told(answer)["state"] == "s"
    assert kim.grants()[0].scopes == "mcp:read"


def test_a_page_is_good_for_ten_minutes(polis, client, kim):
    page = kim.ask(client)
    with polis.services.transaction() as session:
        session.execute(update(ConsentForm).values(expires_at=clock.now()))
    answer = kim.answer(page, "approve")
    assert (answer.status_code, "too old" in answer.text) == (400, True)
    assert kim.grants() == []


def test_an_app_that_changed_meanwhile_is_not_approved(polis, client, kim):
    page = kim.ask(client)
    with polis.services.transaction() as session:
        row = session.get_one(Client, client.id)
        row.name, row.revision = "Another", 2
    answer = kim.answer(page, "approve")
    assert (answer.status_code, "changed while you read" in answer.text) == (400, True)


def test_an_app_that_ended_meanwhile_is_not_approved(polis, client, kim):
    page = kim.ask(client)
    with polis.services.transaction() as session:
        session.get_one(Client, client.id).ended_at = clock.now()
    assert kim.answer(page, "approve").status_code == 400
    assert kim.grants() == []


def test_an_address_that_is_no_longer_the_apps_is_sent_nothing(polis, client, kim):
    page = kim.ask(client)
    with polis.services.transaction() as session:
        session.get_one(Client, client.id).redirect_uris = ["https://app.example/other"]
    answer = kim.answer(page, "approve")
    assert (answer.status_code, "Location" in answer.headers) == (400, False)
    assert kim.grants() == []


def test_who_was_signed_out_meanwhile_starts_again(polis, client, kim):
    page = kim.ask(client)
    with polis.services.transaction() as session:
        sessions.end_all(session, kim.who.user_id, clock.now())
    answer = kim.answer(page, "approve")
    assert (answer.status_code, "signed out" in answer.text) == (400, True)
    assert kim.grants() == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"limit": "many"}, "The limit is a whole number"),
        ({"days": "1000"}, "Choose one of the ends"),
        ({"organization": "org_x"}, "Choose an organization"),
        ({"organization": ""}, "Choose an organization"),
    ],
)
def test_what_cannot_be_meant_is_said_beside_its_field_and_the_page_still_counts(
    client, kim, change, sentence
):
    page = kim.ask(client)
    again = kim.answer(page, "approve", **change)
    assert again.status_code == 422
    assert sentence in again.text
    assert "form-action 'self' https://app.example;" in again.headers["Content-Security-Policy"]
    form = {**fields(again), "limit": "5", "days": "30", "organization": kim.who.organization_id}
    assert "code" in told(kim.post("/oauth/authorize", {**form, "decision": "approve"}))


def test_an_organization_that_cannot_be_meant_is_said_beside_the_choice(client, kim):
    again = kim.answer(kim.ask(client), "approve", organization="org_x").text
    sentence = "Choose an organization you may connect."
    assert f'<a href="#organization">{sentence}</a>' in again
    assert 'id="organization" aria-describedby="organization-e"' in again
    assert re.search(rf'id="organization-e">.*{sentence}</p></fieldset>', again)


# Which organization.


def test_an_organization_is_chosen_among_those_one_belongs_to(polis, client, kim):
    there = joined(polis, kim.who, "member")
    page = kim.ask(client)
    assert "Harbour member" in page.text
    assert "Trial. 40 tokens left." in page.text
    kim.answer(page, "approve", organization=there)
    assert kim.grants()[0].organization_id == there


def test_a_strangers_organization_cannot_be_chosen(polis, client, kim):
    other = member(polis.services)
    page = kim.ask(client)
    assert kim.answer(page, "approve", organization=other.organization_id).status_code == 422
    assert kim.grants() == []


def test_for_an_organizations_tokens_it_is_chosen_first_and_named_then(polis, client, kim):
    owned = joined(polis, kim.who, "owner")
    joined(polis, kim.who, "admin")
    first = kim.ask(client, sub_type="organization", scope="mcp openid email")
    assert "Which organization?" in first.text
    assert len(choices(first)) == 2
    assert "Harbour admin" not in choices(first)
    assert rights.RIGHTS[rights.Right.ORGANIZATION_TOKENS] in first.text
    page = kim.get(choices(first)["Harbour owner"])
    assert "Harbour owner" in _headline(page)
    assert "See your e-mail address" not in page.text
    assert fields(page)["organization"] == owned
    kim.answer(page, "approve")
    assert (kim.grants()[0].organization_id, kim.grants()[0].subject_kind) == (
        owned,
        "organization",
    )


def test_who_owns_no_organization_is_offered_to_make_one(polis, client, kim):
    with polis.services.transaction() as session:
        mine = session.get_one(Organization, kim.who.organization_id)
        mine.suspended_at = clock.now()
    page = kim.ask(client, sub_type="organization")
    assert "You own no organization" in page.text
    assert "Make an organization" in page.text
