"""What the documentation says to a reader who is signed in, and what it does for them."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update

from app.kit import clock
from app.models.accounts import User
from app.models.credentials import SignInSession
from tests.browser.looks import faults
from tests.browser.reading import clipboard, copying, signed_in
from tests.browser.test_pages import LOOKS
from tests.web.account.browser import PASSWORD

__all__ = ["copying"]
PLACEHOLDER = "sk_live_…"


def test_a_reader_who_is_signed_in_sees_their_own_endpoint(site, page):
    page.goto("/docs/overview")
    expect(page.locator("[data-yours]")).to_be_hidden()
    email = signed_in(site, page)
    own = page.locator("[data-yours]")
    expect(own).to_contain_text(email)
    expect(own).to_contain_text(f"{site.base}/mcp")
    own.get_by_role("link", name="Everything filled in").click()
    expect(page.get_by_role("heading", name="Connect your clients")).to_be_visible()


@pytest.mark.parametrize("slug", ["quickstart", "connect-clients", "api-keys"])
def test_code_that_holds_a_key_begins_it_as_the_readers_own_begins(site, copying, slug):
    page = copying
    given = re.compile(f'(POLIS_KEY="?|Bearer ){PLACEHOLDER}')
    page.goto(f"/docs/{slug}")
    places = page.locator(".prose code").filter(has_text=given)
    held = places.count()
    assert held
    signed_in(site, page)
    page.goto(f"/docs/{slug}")
    prefix = re.search(r"sk_live_\w{4}", page.locator("[data-yours]").inner_text())[0]
    own = page.locator(".prose code").filter(
        has_text=re.compile(f'(POLIS_KEY="?|Bearer ){prefix}…')
    )
    expect(own).to_have_count(held)
    expect(places).to_have_count(0)


def test_what_is_filled_in_is_what_is_copied(site, copying):
    page = copying
    signed_in(site, page)
    page.goto("/docs/quickstart")
    figure = page.locator("figure.code").filter(has_text=re.compile(r'POLIS_KEY="sk_live_\w{4}…'))
    figure.get_by_role("button", name="Copy").click()
    expect(figure.get_by_text("Copied")).to_be_visible()
    assert re.fullmatch(r'export POLIS_KEY="sk_live_\w{4}…"\s*', clipboard(page))


def test_a_key_of_somebody_elses_and_the_name_of_a_kind_of_key_stay_as_they_are(site, page):
    signed_in(site, page)
    for slug, said in (
        ("self-hosting", f"POLIS_STRIPE_SECRET_KEY={PLACEHOLDER}"),
        ("api-keys", PLACEHOLDER),
    ):
        page.goto(f"/docs/{slug}")
        expect(page.locator("[data-yours]")).to_be_visible()
        expect(page.locator(".prose code").get_by_text(said, exact=True).first).to_be_visible()


def test_whoever_knows_the_machine_by_another_name_finds_that_in_the_code(site, copying):
    page, base = copying, site.base.replace("127.0.0.1", "localhost")
    page.goto("/docs/quickstart")
    told = page.locator(".prose code").filter(has_text=site.base).count()
    assert told > 5
    signed_in(site, page, base)
    page.goto(f"{base}/docs/quickstart")
    expect(page.locator("[data-yours]")).to_contain_text(f"{base}/mcp")
    expect(page.locator(".prose > :not([data-yours]) code").filter(has_text=base)).to_have_count(
        told
    )
    expect(page.locator(".prose code").filter(has_text=site.base)).to_have_count(0)
    page.get_by_text("Open in").click()
    page.get_by_role("button", name="Copy MCP address").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert clipboard(page) == f"{base}/mcp"


def test_a_reader_who_is_signed_in_is_one_click_from_a_test_key(site, page):
    signed_in(site, page)
    page.get_by_role("button", name="Make a test key").click()
    expect(page.get_by_text(re.compile(r"sk_test_\w{30,}")).first).to_be_visible()
    expect(page.get_by_text("“Trying the docs” is ready. Copy it now")).to_be_visible()


def test_who_signed_in_long_ago_does_so_again_and_finds_the_form_filled_in(site, page):
    email, then = signed_in(site, page), clock.now() - timedelta(hours=1)
    with site.services.transaction() as session:
        mine = SignInSession.user_id == select(User.id).where(User.email == email).scalar_subquery()
        session.execute(update(SignInSession).where(mine).values(authenticated_at=then))
    page.get_by_role("button", name="Make a test key").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Trying the docs")
    expect(page.locator('input[name="book"]:checked')).to_have_value("test")
    page.get_by_role("button", name="Create key").click()
    expect(page.get_by_text(re.compile(r"sk_test_\w{30,}")).first).to_be_visible()


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_what_is_ones_own_and_what_is_unfolded_have_no_fault_at_any_width_in_any_light(site, page):
    signed_in(site, page)
    page.goto("/docs/build-an-app")
    expect(page.get_by_role("heading", name="Your apps")).to_be_visible()
    page.locator("details.here").evaluate("each => (each.open = true)")
    assert faults(page) == []


@pytest.mark.parametrize(("machine", "keys"), [("Linux x86_64", "Ctrl K"), ("MacIntel", "⌘ K")])
def test_the_key_of_the_search_is_named_as_the_machine_has_it(site, page, machine, keys):
    page.add_init_script(f"Object.defineProperty(navigator, 'platform', {{value: '{machine}'}})")
    signed_in(site, page)
    for path in ("/docs/quickstart", "/app/"):
        page.goto(path)
        expect(page.locator("kbd[data-command]").first).to_have_text(keys)
