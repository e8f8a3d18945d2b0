"""Passkeys, apps and settings in a real browser, with an authenticator that Chromium plays."""

import re

import pyotp
import pytest
from playwright.sync_api import expect

from app.domain import passwords, sign_in
from app.kit import clock, ids
from tests.browser.looks import faults
from tests.browser.test_sign_in import LOOKS, NO_SCRIPT, PASSWORD
from tests.factories import member
from tests.fakes import work_off

SECURITY = "/app/settings/security"


@pytest.fixture
def ada(site):
    """Somebody with a password."""
    email = f"{ids.new('p')}@example.com"
    member(site.services, email=email, verified=True)
    digest = passwords.hash_password(PASSWORD)
    with site.services.transaction() as session:
        sign_in.confirm(session, sign_in.candidate(session, email), digest)
    return email


@pytest.fixture
def here(site):
    """The site under a name: no passkey is bound to a bare address."""
    return site.base.replace("127.0.0.1", "localhost")


@pytest.fixture
def device(page):
    """An authenticator within the device that unlocks itself when it is asked."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable", {"enableUI": False})
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    made = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return Device(cdp, made["authenticatorId"])


class Device:
    """What a test does to the authenticator."""

    def __init__(self, cdp, id_):
        self.cdp, self.id = cdp, id_

    def be(self, *, unlocked):
        facts = {"authenticatorId": self.id, "isUserVerified": unlocked}
        self.cdp.send("WebAuthn.setUserVerified", facts)

    @property
    def passkeys(self):
        return self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"]


def enter(page, ada, here=""):
    page.goto(f"{here}/login")
    page.get_by_label("Email").fill(ada)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def make_passkey(page, here):
    page.goto(f"{here}/app/settings/passkeys/new")
    page.get_by_label("Name").fill("This laptop")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", name="Keep these codes.")).to_be_visible()


def fills_nothing_in(page):
    """A browser that offers no passkey by itself: otherwise this device takes it at once."""
    page.add_init_script("PublicKeyCredential.isConditionalMediationAvailable = async () => false")


def sign_out(page):
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.wait_for_url("**/login")


def test_a_passkey_is_made_and_signs_in_by_its_button_and_as_a_second_factor(
    page, here, ada, device
):
    fills_nothing_in(page)
    enter(page, ada, here)
    make_passkey(page, here)
    (kept,) = device.passkeys
    assert (kept["rpId"], kept["isResidentCredential"]) == ("localhost", True)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("link", name="This laptop", exact=True)).to_be_visible()

    sign_out(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/app/")

    sign_out(page)
    enter(page, ada, here)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/app/")


def test_a_passkey_is_offered_where_the_address_is_typed(page, here, ada, device):
    enter(page, ada, here)
    make_passkey(page, here)
    page.goto(f"{here}{SECURITY}")
    sign_out(page)
    page.wait_for_url("**/app/")  # the browser's list had one entry, and the device chose it
    assert device.passkeys[0]["signCount"] > 1


def test_a_locked_device_signs_nobody_in_and_the_page_says_so(page, here, ada, device):
    fills_nothing_in(page)
    enter(page, ada, here)
    make_passkey(page, here)
    page.goto(f"{here}{SECURITY}")
    device.be(unlocked=False)
    sign_out(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("That was cancelled, or took too long.")).to_be_visible()
    assert page.url.startswith(f"{here}/login")


def test_a_device_makes_one_passkey_an_account(page, here, ada, device):
    enter(page, ada, here)
    make_passkey(page, here)
    page.goto(f"{here}/app/settings/passkeys/new")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_text("This device has a passkey for this account already.")).to_be_visible()


@pytest.mark.parametrize("page", NO_SCRIPT, indirect=True)
def test_an_app_is_set_up_and_asked_for_without_any_script(page, site, ada):
    enter(page, ada)
    page.goto("/app/settings")
    page.get_by_role("link", name="Security").click()
    page.get_by_role("link", name="Set it up").click()
    page.get_by_text("Cannot read it?").click()
    seed = page.locator("#seed").inner_text()
    page.get_by_label("Code", exact=True).fill("123")
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("alert").filter(has_text="1 field needs a change.")).to_be_visible()
    page.get_by_text("Cannot read it?").click()
    assert page.locator("#seed").inner_text() == seed
    code = pyotp.TOTP(seed).at(clock.now(), counter_offset=-1)
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Turn it on").click()
    recovery = page.locator(".codes code").all_inner_texts()
    assert len(set(recovery)) == 10
    with page.expect_download() as download:
        page.get_by_role("link", name="Download .txt").click()
    assert recovery[9] in download.value.path().read_text()
    page.get_by_role("link", name="I have kept them").click()

    sign_out(page)
    enter(page, ada)
    page.get_by_label("Code of your authenticator app").fill(pyotp.TOTP(seed).at(clock.now()))
    page.keyboard.press("Enter")
    page.wait_for_url("**/app/")
    page.goto(SECURITY)
    sign_out(page)
    enter(page, ada)
    page.get_by_role("link", name="Use a recovery code").click()
    page.get_by_label("Recovery code").fill(recovery[0])
    page.keyboard.press("Enter")
    page.wait_for_url("**/app/")


def test_recovery_codes_are_copied_and_printed_as_they_stand(page, here, ada, device):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("window.printed = 0; window.print = () => (window.printed += 1)")
    enter(page, ada, here)
    make_passkey(page, here)
    codes = page.locator(".codes code").all_inner_texts()
    assert len(set(codes)) == 10
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied", exact=True)).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").split() == codes
    page.get_by_role("button", name="Print", exact=True).click()
    assert page.evaluate("window.printed") == 1
    page.goto(f"{here}/app/settings/codes")
    expect(page.get_by_role("button", name="Make 10 new codes", exact=True)).to_be_visible()


@pytest.mark.parametrize("page", NO_SCRIPT, indirect=True)
def test_profile_password_and_address_are_changed_without_any_script(page, site, ada):
    enter(page, ada)
    page.goto("/app/settings")
    page.get_by_label("Name").fill("Ada Lovelace")
    page.get_by_label("Time zone").select_option("Europe/London")
    page.get_by_label("News and hints about Polis").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    page.goto("/app/settings/password")
    page.get_by_label("New password").fill("eleven quiet lighthouse keepers")
    page.get_by_role("button", name="Keep this password").click()
    expect(page.get_by_role("status").filter(has_text="Your password is changed")).to_be_visible()
    page.goto("/app/settings")
    page.get_by_role("link", name="Change it").click()
    page.get_by_label("New email address").fill(f"new.{ada}")
    page.get_by_role("button", name="Write to it").click()
    follow(page, site)
    page.get_by_role("button", name="Use this address").click()
    expect(page.locator("main").get_by_text(f"new.{ada}")).to_be_visible()
    work_off(site.services)
    page.goto(f"/dev/mail?to={ada}")
    page.locator("a[href*='/link/']").first.click()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_role("heading", name="Your address is back")).to_be_visible()


def follow(page, site):
    work_off(site.services)
    page.get_by_role("link", name="Open the mailbox").click()
    page.locator("a[href*='/link/']").first.click()


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_pages_of_settings_have_no_fault_at_any_width_in_any_light(page, site, here, ada, device):
    found = {}
    fills_nothing_in(page)

    def look(name, path=""):
        if path:
            page.goto(f"{here}{path}")
        found[name] = faults(page)

    look("sign in", "/login")
    enter(page, ada, here)
    look("profile", "/app/settings")
    look("security, empty", SECURITY)
    look("address", "/app/settings/email")
    page.get_by_role("button", name="Write to it").click()
    look("no address")
    page.get_by_label("New email address").fill(f"new.{ada}")
    page.get_by_role("button", name="Write to it").click()
    look("address asked for")
    follow(page, site)
    look("confirm an address")
    look("password", "/app/settings/password")
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Keep this password").click()
    look("a bad password")
    look("authenticator", "/app/settings/authenticator")
    page.get_by_role("button", name="Turn it on").click()
    look("a wrong code")
    look("no codes", "/app/settings/codes")
    look("new passkey", "/app/settings/passkeys/new")
    page.get_by_label("Name").fill("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau")
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_role("heading", name="Keep these codes.").wait_for()
    look("codes")
    look("codes left", "/app/settings/codes")
    look("security", SECURITY)
    page.get_by_role("link", name=re.compile("^Donau")).first.click()
    look("passkey")
    page.goto(f"{here}/login?again=1")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    look("second")
    page.get_by_label("Recovery code").fill("x")
    page.get_by_role("button", name="Sign in", exact=True).click()
    look("a wrong recovery code")
    page.locator("[name=passkey]").first.evaluate("field => field.form.submit()")
    page.locator("#passkey").filter(has_text="This passkey did not work.").wait_for()
    look("a wrong passkey")
    page.goto(f"{here}/login?passkey=failed&again=1")
    look("a passkey that failed")
    assert {name: each for name, each in found.items() if each} == {}
