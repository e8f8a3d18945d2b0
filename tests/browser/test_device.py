"""A device is connected in a real browser, without a script, on the narrowest of screens."""

import pytest
from playwright.sync_api import expect

from app.domain import sessions
from app.domain.sessions import Browser
from app.kit import clock
from app.models.accounts import Organization
from tests.browser.looks import faults
from tests.browser.test_pages import LOOKS
from tests.factories import Member, member
from tests.web.oauth.gadget import Gadget, gadget

NO_SCRIPT = {"java_script_enabled": False, "viewport": {"width": 320, "height": 640}}


@pytest.fixture
def kim(page, site) -> Member:
    """Somebody signed in by this browser."""
    who = member(site.services, verified=True, tokens=1200)
    with site.services.transaction() as session:
        session.get_one(Organization, who.organization_id).name = "W" * 80  # no place to break
        begun = sessions.begin(session, who.user_id, Browser("127.0.0.1", "x"), clock.now())
    page.context.add_cookies([{"name": "polis", "value": begun.secret, "url": site.base}])
    return who


@pytest.fixture
def device(site) -> Gadget:
    """A device that waits, and calls itself something long."""
    made = gadget(
        site, name="Nightly report of the harbour office", host=site.base.removeprefix("http://")
    )
    made.ask(scope="mcp openid email offline_access")
    return made


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_a_device_is_connected_by_typing_its_code_and_pressing_two_buttons(page, kim, device):
    page.goto("/device")
    expect(page.get_by_label("Code")).to_be_focused()
    page.get_by_label("Code").fill(device.codes["user_code"].lower())
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Do not continue if someone sent you this code.")).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", name="Your device is connected.")).to_be_visible()
    assert device.poll().status_code == 200


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_a_complete_address_waits_for_the_person(page, kim, device):
    page.goto(device.codes["verification_uri_complete"])
    expect(page.get_by_label("Code")).to_have_value(device.codes["user_code"])
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    assert device.poll().json["error"] == "authorization_pending"


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_the_pages_of_a_device_have_no_fault_at_any_width_in_any_light(page, kim, device):
    found = {}
    page.goto("/device?user_code=BBBB-BBBB")
    found["code"] = faults(page)
    page.get_by_role("button", name="Continue").click()
    found["wrong"] = faults(page)
    page.get_by_label("Code").fill(device.codes["user_code"])
    page.get_by_role("button", name="Continue").click()
    found["asks"] = faults(page)
    page.get_by_role("button", name="Deny").click()
    found["done"] = faults(page)
    assert {name: each for name, each in found.items() if each} == {}
