"""API keys in the browser: made with a name alone, shown once, dead at the next request."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine

from app.domain import accounts, keys
from app.kit import clock
from app.models.accounts import Membership
from tests.factories import Member, member
from tests.web.account.browser import Visitor


def secret(page):
    return re.search(r"<code>(sk_(?:live|test)_\w{38})</code>", page.text)[1]


def agent(polis, key):
    return polis.as_(Member("", "", key, ""))


def colleague(polis, someone, email, role):
    """Somebody else, whose organization this person now looks at in a role there."""
    theirs = member(polis.services, verified=True, tokens=1000)
    polis.organizations.append(theirs.organization_id)
    with polis.services.transaction() as session:
        who = accounts.find(session, email)
        session.add(Membership(
            organization_id=theirs.organization_id, user_id=who.user_id, role=role, created_at=clock.now(),
        ))  # fmt: skip
    someone.send("/app/organization", organization=theirs.organization_id)
    return theirs


def row(page, name):
    """The id of a key in the list, by its name."""
    part = page.text[page.text.index(f">{name}</a>") :]
    return re.search(r'action="/app/keys/(key_\w+)/revoke"', part)[1]


def test_a_name_is_enough_for_a_key_that_works(polis, someone, email):
    made = someone.send("/app/keys", name="Newsletter bot")
    assert made.status_code == 201
    assert made.headers["Cache-Control"] == "no-store"
    account = agent(polis, secret(made)).call("polis_account")
    assert account["email"] == email
    listed = someone.open("/app/keys")
    assert "Newsletter bot" in listed.text
    assert secret(made) not in listed.text
    assert f"{secret(made)[:12]}…{secret(made)[-4:]}" in listed.text
    assert secret(made)[:12] in someone.letter(email).body
    assert secret(made) not in someone.letter(email).body


def test_a_new_key_stands_in_every_line_it_is_tried_by(someone):
    made = someone.send("/app/keys", name="Newsletter bot")
    for place, told in (
        ("try-curl", "Authorization: Bearer {}"),
        ("try-claude", "Authorization: Bearer {}"),
        ("try-env", "POLIS_KEY={}"),
    ):
        text = unescape(re.search(rf'<code id="{place}">([^<]+)</code>', made.text)[1])
        assert told.format(secret(made)) in text


def test_whoever_makes_a_key_is_mailed_that_one_was_made_and_from_where(someone, email):
    before = len(someone.letters(email))
    key = secret(someone.send("/app/keys", name="Newsletter bot"))
    letter, *others = someone.letters(email)
    assert len(others) == before
    assert letter.subject == "A key for Polis was made"
    assert f"It begins with: {key[:12]}" in letter.body
    assert f"From: {someone.peer}" in letter.body


@pytest.mark.parametrize(
    ("scope", "book", "tool", "refused"),
    [
        ("mcp:read", "live", "polis_topup", "insufficient_scope"),
        ("mcp", "test", "polis_topup", "conflict"),
    ],
)
def test_a_key_may_do_what_was_chosen(polis, someone, scope, book, tool, refused):
    made = someone.send("/app/keys", name="Small", scope=scope, book=book)
    assert secret(made).startswith(f"sk_{book}_")
    assert agent(polis, secret(made)).refusal(tool, pack="small")["code"] == refused


def test_a_revoked_key_is_dead_at_its_next_request(polis, someone):
    key = secret(someone.send("/app/keys", name="Old one"))
    done = someone.send(f"/app/keys/{row(someone.open('/app/keys'), 'Old one')}/revoke")
    assert done.location == "/app/keys?revoked=1"
    assert agent(polis, key).ask("tools/list").status_code == 401
    after = someone.open(done.location).text
    assert "Requests with it fail from now on." in after
    assert "Old one" not in after


def test_revoking_takes_a_fresh_sign_in_and_looking_at_what_it_means_none(polis, someone):
    key = secret(someone.send("/app/keys", name="Old one"))
    path = f"/app/keys/{row(someone.open('/app/keys'), 'Old one')}/revoke"
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert someone.open(path).status_code == 200
        assert someone.send(path, do="ask").status_code == 200
        assert someone.send(path).location.startswith("/login?next=%2Fapp%2Fkeys%2F")
    assert agent(polis, key).ask("tools/list").status_code == 200
    assert someone.send(path).location == "/app/keys?revoked=1"
    assert agent(polis, key).ask("tools/list").status_code == 401


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"name": "  "},
        {"name": "x" * 81},
        {"name": "a", "scope": "admin"},
        {"name": "a", "book": "free"},
    ],
)
def test_a_form_that_will_not_do_comes_back_with_what_was_typed(polis, someone, fields):
    with polis.unchanged():
        answer = someone.send("/app/keys", **fields)
    assert answer.status_code == 422
    assert "1 field needs a change." in answer.text
    assert fields["name"] in answer.text


def test_whoever_signed_in_long_ago_does_so_again_and_keeps_what_was_typed(polis, someone):
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        answer = someone.send("/app/keys", name="Typed before")
    assert answer.status_code == 303
    assert answer.location.startswith("/login?")
    assert "Typed" in answer.location


def test_somebody_elses_key_does_not_exist(polis, someone):
    stranger = member(polis.services)
    polis.organizations.append(stranger.organization_id)
    for end in ("", "/roll", "/revoke", "/first"):
        path = f"/app/keys/{stranger.key_id}{end}"
        assert someone.open(path).status_code == 404
        if end != "/first":
            assert someone.send(path, name="Mine now").status_code == 404
    assert agent(polis, stranger.key).ask("tools/list").status_code == 200


def test_a_key_is_made_for_the_organization_that_is_looked_at(polis, someone):
    stranger = member(polis.services)
    polis.organizations.append(stranger.organization_id)
    made = someone.send("/app/keys", name="Mine", organization=stranger.organization_id)
    assert made.status_code == 201
    with polis.services.database.reading() as session:
        assert [row.name for row in keys.listed(session, stranger.organization_id)] == ["test"]


@pytest.mark.parametrize(("role", "sees"), [("member", False), ("admin", True), ("owner", True)])
def test_a_member_sees_their_own_keys_and_an_admin_all(polis, someone, email, role, sees):
    theirs = colleague(polis, someone, email, role)
    page = someone.open("/app/keys")
    assert (theirs.key[:12] in page.text) == sees
    answer = someone.send(f"/app/keys/{theirs.key_id}/revoke")
    assert answer.status_code == (303 if sees else 404)


def test_nobody_else_sees_the_page(polis, email):
    stranger = Visitor(polis)
    assert stranger.open("/app/keys").location == "/login?next=%2Fapp%2Fkeys"
