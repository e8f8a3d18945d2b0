"""A team in a real browser: invited, joined, given a role, removed; with scripts and without."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update

from app.adapters.mail.mailbox import Mailbox
from app.domain import invitations, keys, organizations, sessions
from app.domain.sessions import Browser
from app.kit import clock, ids
from app.models.accounts import Membership, User
from app.models.credentials import SignInSession
from tests import oauth
from tests.browser.looks import faults
from tests.browser.test_connecting import NO_SCRIPT, PASSWORD
from tests.browser.test_pages import LOOKS
from tests.factories import Member, member

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtenges"
WITH_SCRIPT = {"viewport": {"width": 1280, "height": 800}}


def _owner(site, page, name="Harbour light"):
    """A browser of somebody who looks at an organization they made."""
    who = member(site.services, verified=True)
    with site.services.transaction() as session:
        person = oauth.signed_in(who, clock.now())
        made = organizations.make(session, person, name, clock.now())
        begun = sessions.begin(session, who.user_id, Browser("127.0.0.1", "x"), clock.now())
        mine = SignInSession.id == begun.id
        session.execute(update(SignInSession).where(mine).values(organization_id=made))
    page.context.add_cookies([{"name": "polis", "value": begun.secret, "url": site.base}])
    return who, made


def _link(site, email, kind):
    site.work_off()
    letters = Mailbox(site.services.database, site.services.links.keys).read(email)
    return re.search(rf"(/{kind}/\S+)", letters[0].body)[1]


def _row(page, email):
    return page.get_by_role("row").filter(has_text=email.partition("@")[0])


@pytest.mark.parametrize("page", [NO_SCRIPT, WITH_SCRIPT], indirect=True, ids=["plain", "script"])
def test_somebody_new_is_invited_joins_gets_a_role_and_is_removed(page, site, chromium):
    _, made = _owner(site, page)
    email = f"{ids.new('p')}@example.com"
    page.goto("/app/team")
    page.get_by_label("Email", exact=True).fill("nobody")
    page.get_by_role("button", name="Send invitation").click()
    expect(page.get_by_role("alert")).to_contain_text("This is not an e-mail address.")
    page.get_by_label("Email", exact=True).fill(email)
    page.get_by_label("Role", exact=True).select_option("member")
    page.get_by_role("button", name="Send invitation").click()
    expect(page.get_by_role("status").filter(has_text="Invited.")).to_be_visible()

    other = chromium.new_context(base_url=site.base)
    guest = other.new_page()
    guest.goto(_link(site, email, "invite"))
    expect(guest.get_by_role("heading", level=1)).to_have_text("Join Harbour light?")
    guest.get_by_role("link", name="Create an account").click()
    guest.get_by_label("Email").fill(email)
    guest.get_by_label("Password", exact=True).fill(PASSWORD)
    guest.get_by_role("button", name="Create").click()
    guest.goto(_link(site, email, "link"))
    guest.get_by_role("main").get_by_role("button").first.click()
    guest.get_by_role("button", name="Join").click()
    guest.goto("/app/team")
    expect(guest.get_by_role("heading", level=1)).to_have_text("Team")
    expect(guest.get_by_text("Send invitation")).to_have_count(0)

    page.goto("/app/team")
    page.get_by_label(f"Role of {email}", exact=True).select_option("admin")
    page.get_by_role("button", name=f"Save the role of {email}").click()
    expect(page.get_by_role("status").filter(has_text="Role changed.")).to_be_visible()
    guest.reload()
    expect(guest.get_by_role("button", name="Send invitation")).to_be_visible()

    key = _key_of(site, made, email)
    page.get_by_role("link", name=f"Remove {email}").click()
    page.get_by_label(re.compile("Keep ci")).check()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("is removed")
    shown = page.locator("code").first.inner_text()
    assert shown.startswith("sk_live_")
    assert shown != key
    page.get_by_role("link", name="I have stored it").click()
    expect(_row(page, email)).to_have_count(0)
    guest.goto("/app/team")
    expect(guest.get_by_text("Harbour light")).to_have_count(0)
    other.close()


def _key_of(site, organization_id, email):
    with site.services.transaction() as session:
        user_id = session.scalar(select(User.id).where(User.email == email))
        return keys.create(
            session, organization_id, user_id=user_id, name="ci", now=clock.now()
        ).secret


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_an_organization_is_deleted_and_that_is_undone(page, site):
    _owner(site, page)
    page.goto("/app/settings/organization")
    page.get_by_role("link", name="Delete the organization").click()
    page.get_by_label(re.compile("To delete it")).fill("Harbour light")
    page.get_by_role("button", name="Delete the organization").click()
    banner = page.get_by_role("alert").filter(has_text="This organization is being deleted.")
    expect(banner).to_be_visible()
    page.goto("/app/team")
    banner.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").filter(has_text="The organization goes on.")).to_be_visible()


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_pages_about_people_and_their_data_have_no_fault(page, site):
    who, made = _owner(site, page, LONG)
    found = {}

    def look(name, path=""):
        if path:
            page.goto(path)
        found[name] = faults(page)

    look("alone", "/app/team")
    look("nobody else to own it", "/app/team/leave")
    _full(site, who, made)
    look("team", "/app/team?done=invited")
    page.get_by_role("button", name="Send invitation").click()
    look("no address")
    with site.services.database.reading() as session:
        jonas = session.scalar(
            select(Membership.user_id).where(
                Membership.organization_id == made, Membership.role == "member"
            )
        )
    look("remove", f"/app/team/{jonas}/remove")
    look("leave", "/app/team/leave")
    look("log", "/app/audit?check=1")
    look("filtered log", "/app/audit?actor=nobody")
    look("log, days that will not do", "/app/audit?since=9999-12-31&until=2026-13-01")
    look("settings", "/app/settings/organization?done=name")
    page.get_by_label("30 days").check()
    page.get_by_role("button", name="Save").last.click()
    look("retention")
    page.goto("/app/settings/organization")
    page.get_by_role("button", name="Make an export").click()
    look("export being made")
    site.work_off()
    look("export made", "/app/settings/organization")
    look("account", "/app/settings/account")
    look("delete", "/app/settings/organization/delete")
    page.get_by_role("button", name="Delete the organization").click()
    look("wrong name")
    page.get_by_label(re.compile("To delete it")).fill(LONG)
    page.get_by_role("button", name="Delete the organization").click()
    look("being deleted")
    look("nobody's invitation", "/invite/polis_iv_nothing")
    look("an invitation", _invitation(site))
    assert {name: each for name, each in found.items() if each} == {}


def _invitation(site):
    email = f"{ids.new('p')}@example.com"
    who = member(site.services, verified=True)
    person = oauth.signed_in(who, clock.now())
    with site.services.transaction() as session:
        made = organizations.make(session, person, LONG, clock.now())
        invitations.invite(session, person, made, email, "admin", clock.now())
    return _link(site, email, "invite")


def _full(site, who, made):
    """People, keys, connections and invitations, some of them with long names."""
    for role in ("owner", "admin", "member"):
        address = f"{role}-of-a-very-long-mailbox-name-{ids.new('p')}@donaudampfschiff.example.com"
        other = member(site.services, verified=True, email=address)
        with site.services.transaction() as session:
            facts = {"organization_id": made, "user_id": other.user_id, "role": role}
            session.add(Membership(**facts, created_at=clock.now()))
            session.flush()
            keys.create(session, made, user_id=other.user_id, name=LONG, now=clock.now())
        here = Member(other.user_id, made, "", "")
        oauth.approved(site.services, here, oauth.client(site.services, name=LONG))
    person = oauth.signed_in(who, clock.now())
    with site.services.transaction() as session:
        for number in range(3):
            email = f"n{number}-{'x' * 40}@example.com"
            invitations.invite(session, person, made, email, "member", clock.now())
