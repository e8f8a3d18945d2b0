"""One person's whole way through Polis in a real browser, with scripts and without."""

import re
import zipfile
from dataclasses import replace
from functools import cache

import pytest
from playwright.sync_api import expect

from app.adapters import engines
from app.adapters.mail.mailbox import Mailbox
from app.kit import ids
from tests.browser.loopback import waiting
from tests.browser.test_connecting import NO_SCRIPT, PASSWORD, _exchanged, _link, _registered
from tests.factories import Member
from tests.fakes import work_off

WITH_SCRIPT = {"viewport": {"width": 1280, "height": 800}}
FIRST = "Introducing our revolutionary platform. Our price will be shown at your next renewal."
SECOND = (
    "Our plans cost $9 a month from March. You can leave any time, and your data goes with you."
)


class Walk:
    """Somebody new, their browser, and the workers behind the site."""

    def __init__(self, site, page):
        self.site, self.page = site, page
        self.email = f"{ids.new('p')}@example.com"
        self.services = replace(site.services, engine=cache(lambda: engines.build("embedded")))

    def works(self):
        work_off(self.services)

    def letter(self):
        self.works()
        return Mailbox(self.services.database, self.services.links.keys).read(self.email)[0].body

    def agent(self, key, path="/api/mcp"):
        return self.site.as_(Member("", "", key, ""), path)

    def press(self, name, **more):
        self.page.get_by_role("button", name=name, **more).first.click()

    def told(self, text):
        expect(self.page.get_by_role("status").filter(has_text=text).first).to_be_visible()

    def sign_up(self):
        page = self.page
        page.goto("/signup")
        page.get_by_label("Email").fill(self.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.press("Create")
        page.goto(re.search(r"(/link/\S+)", self.letter())[1])
        page.get_by_role("main").get_by_role("button").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
        expect(page.get_by_text("No call has come yet")).to_be_visible()

    def make_key(self):
        page = self.page
        page.goto("/app/keys")
        page.get_by_role("textbox", name="Name").fill("ci")
        self.press("Create key")
        key = page.locator(".once .copy code").inner_text()
        assert self.agent(key).call("polis_account")["trial_tokens_remaining"] == 300
        self.site.app.extensions["polis_last_use"].flush()
        page.goto("/app/")
        expect(page.get_by_text("First call received")).to_be_visible()
        return key

    def run(self, text, label):
        page = self.page
        page.goto("/app/new")
        page.get_by_role("textbox", name="Text", exact=True).fill(text)
        page.get_by_label("Label").fill(label)
        page.get_by_label("People", exact=True).fill("40")
        self.press("Start the test")
        expect(page.get_by_text("60 tokens held", exact=True)).to_be_visible()
        self.works()
        page.reload()
        expect(page.locator(".verdict")).to_be_visible()

    def ask(self):
        self.page.get_by_label("Your question").fill("What would change your mind?")
        self.press("Ask", exact=True)
        self.works()
        self.page.reload()
        expect(self.page.locator(".thread .voice").first).to_be_visible()

    def compare(self):
        page = self.page
        page.goto("/app/runs")
        for label in ("First draft", "Second draft"):
            page.get_by_role("checkbox", name=re.compile(label)).check()
        self.press("Compare")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Compare")
        for label in ("First draft", "Second draft"):
            expect(page.get_by_role("main").get_by_text(label).first).to_be_visible()

    def share(self):
        page = self.page
        page.goto("/app/runs")
        page.get_by_role("link", name="First draft").click()
        self.press("Make a link")
        stranger = page.context.browser.new_context(base_url=self.site.base).new_page()
        stranger.goto(page.locator("#link").inner_text())
        expect(stranger.get_by_role("heading", level=1)).to_have_text("First draft")
        stranger.context.close()

    def connect(self):
        page = self.page
        with waiting() as program:
            client_id = _registered(
                self.site, redirect_uris=[program.callback], client_name="Notes"
            )
            page.goto(_link(client_id, program.callback, scope="mcp"))
            self.press("Approve")
            expect(page.get_by_role("heading", level=1)).to_have_text("You may close this page")
            code = program.told["code"]
        return _exchanged(self.site, client_id, code, program.callback)

    def limit_and_disconnect(self, token):
        page = self.page
        page.goto("/app/apps")
        page.get_by_role("link", name="Notes", exact=True).click()
        page.get_by_role("link", name="Manage").first.click()
        page.get_by_label("Spend limit a month").fill("50")
        self.press("Save")
        self.told("Saved.")
        app = self.agent(token, "/mcp")
        assert app.call("polis_account")
        page.goto("/app/apps")
        self.press("Disconnect Notes")
        page.get_by_role("main").get_by_role("button", name=re.compile("Disconnect")).first.click()
        expect(page.get_by_text("No app is connected.")).to_be_visible()
        assert app.ask("tools/list").status_code == 401

    def roll_and_revoke(self, key):
        page = self.page
        page.goto("/app/keys")
        page.get_by_role("link", name="ci", exact=True).click()
        page.get_by_role("link", name="Roll", exact=True).click()
        self.press("Roll key")
        second = page.locator(".once .copy code").inner_text()
        assert self.agent(second).call("polis_account")
        page.get_by_role("link", name="Revoke").first.click()
        self.press("Revoke")
        assert self.agent(second).ask("tools/list").status_code == 401
        assert self.agent(key).call("polis_account")  # until the overlap ends

    def invite(self):
        page = self.page
        page.goto("/app/team")
        page.get_by_label("Email", exact=True).fill(f"{ids.new('p')}@example.com")
        self.press("Send invitation")
        self.told("Invited.")

    def read_the_log(self):
        page = self.page
        page.goto("/app/audit")
        for act in ("Invited", "Revoked a key", "Rolled", "Made a key"):
            expect(page.get_by_role("table").get_by_text(act).first).to_be_visible()

    def export(self):
        page = self.page
        page.goto("/app/settings/organization")
        self.press("Make an export")
        self.works()
        page.goto("/app/settings/organization")
        with page.expect_download() as download:
            page.get_by_role("link", name="Download").click()
        with zipfile.ZipFile(download.value.path()) as kept:
            assert any(FIRST in kept.read(name).decode() for name in kept.namelist())

    def delete(self):
        page = self.page
        page.goto("/app/settings/account")
        page.get_by_label("To delete it").fill(self.email)
        self.press("Delete your account")
        page.goto("/app/")
        expect(page.get_by_role("heading", level=1)).not_to_have_text("Overview")


@pytest.mark.parametrize(
    "page",
    [pytest.param(WITH_SCRIPT, id="script"), pytest.param(NO_SCRIPT, id="no script")],
    indirect=True,
)
def test_r20_somebody_new_does_everything_there_is_to_do_and_leaves(page, site):
    walk = Walk(site, page)
    walk.sign_up()
    key = walk.make_key()
    walk.run(FIRST, "First draft")
    walk.ask()
    walk.run(SECOND, "Second draft")
    walk.compare()
    walk.share()
    walk.limit_and_disconnect(walk.connect())
    walk.roll_and_revoke(key)
    walk.invite()
    walk.read_the_log()
    walk.export()
    walk.delete()


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_r20_a_run_is_cancelled_without_a_script(page, site):
    walk = Walk(site, page)
    walk.sign_up()
    page.goto("/app/new")
    page.get_by_role("textbox", name="Text", exact=True).fill(FIRST)
    page.get_by_label("People", exact=True).fill("40")
    walk.press("Start the test")
    walk.press("Cancel, 60 tokens back")
    expect(page.get_by_text("Cancelled after 0 of 40 people.")).to_be_visible()
    walk.works()
    page.goto("/app/")
    expect(page.get_by_text("300", exact=True).first).to_be_visible()
