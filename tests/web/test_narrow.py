"""Outside the dashboard, too, somebody signed in sees as whom, and every error tells its id."""

import re
from dataclasses import replace

import pytest

from app.domain.grants import device as requests
from app.kit import clock, ids
from tests import oauth
from tests.tools.installation import polis, standing
from tests.web.meanwhile import meanwhile
from tests.web.oauth.gadget import PAGE, answered, gadget, typed
from tests.web.oauth.visitor import Visitor, fields, visitor
from tests.web.team.conftest import team
from tests.web.test_rights_of_routes import things

__all__ = ["polis", "standing", "team"]

# Pages that are the same for everybody, whoever looks at them.
EVERYBODYS = {
    "/", "/docs", "/docs/search", "/pricing", "/privacy", "/terms", "/support", "/status",
}  # fmt: skip
ID = re.compile(r"Status \d+, request <span class=\"mono\">(req_\w+)</span>")


@pytest.fixture
def kim(polis):
    return somebody(polis)


@pytest.fixture
def client(polis):
    return oauth.client(polis.services, name="Notes")


def shows(page, address: str) -> bool:
    """Whether a page has its reader's address and a button that signs them out."""
    top = page.text.partition("<main")[0]
    return address in top and 'action="/logout"' in top


def somebody(polis, **facts) -> Visitor:
    """A visitor who knows their own address."""
    address = f"{ids.new('p')}@example.com"
    found = visitor(polis, email=address, **facts)
    found.email = address
    return found


def at_device(polis, kim) -> dict:
    device = gadget(polis)
    device.ask(scope="mcp")
    pages = {"entry": kim.get(PAGE), "asks": typed(kim, device.codes["user_code"])}
    return pages | {"done": answered(kim, device)}


def too_late(polis, kim):
    """Approved in the moment after the device's request was answered elsewhere."""
    device = gadget(polis)
    device.ask(scope="mcp")
    its, now = polis.services, clock.now()
    code = device.codes["user_code"].replace("-", "")

    def elsewhere() -> None:
        with its.database.reading() as session:
            waiting = requests.find(session, code, its.links.keys, now)
        with its.transaction() as session:
            requests.deny(session, waiting, now)

    with meanwhile(polis, elsewhere, before=5) as installation:  # two count each guess of a code
        return answered(replace(kim, polis=installation), device)


def test_every_page_of_the_map_says_who_is_signed_in_and_lets_them_out(team):
    facts = things(team)
    assert shows(team.owner.open("/login?again=1"), "@example.com")
    link = re.search(
        r'href="/app/settings">([^<]+@[^<]+)</a>', team.owner.open("/app/settings").text
    )
    address, shown, silent = link[1], set(), set()
    for rule in team.polis.app.url_map.iter_rules():
        if (
            "GET" not in rule.methods
            or not rule.arguments <= facts.keys() | (rule.defaults or {}).keys()
        ):
            continue
        page = team.owner.open(
            re.sub(r"<(?:\w+:)?(\w+)>", lambda found: facts[found[1]], rule.rule)
        )
        page.close()  # some are files
        if page.mimetype != "text/html" or page.status_code not in {200, 403, 422, 503}:
            continue
        if page.text.startswith("<!doctype"):
            whose = address in page.text and 'action="/logout"' in page.text
            (shown if whose else silent).add(rule.rule)
    assert silent == EVERYBODYS
    assert len(shown) > 50


def test_whoever_is_asked_to_connect_an_app_sees_as_whom_and_can_sign_out(polis, client, kim):
    consent = kim.ask(client)
    lee = somebody(polis, verified=False)
    pages = {
        "consent": consent,
        "organizations": kim.ask(client, sub_type="organization"),
        "lost": kim.answer(consent, "approve", form="no such form"),
        "used": [kim.answer(consent, "approve"), kim.answer(consent, "approve")][1],
        "misdirected": kim.ask(client, redirect_uri="https://elsewhere.example/"),
        **at_device(polis, kim),
        "continue": kim.get("/continue?next=/oauth/authorize"),
    }
    assert {name for name, page in pages.items() if not shows(page, kim.email)} == set()
    assert shows(lee.ask(client), lee.email)
    assert shows(lee.get(PAGE), lee.email)
    assert "form-action 'self' " in consent.headers["Content-Security-Policy"]


def test_the_button_of_the_consent_page_signs_out(client, kim):
    page = kim.ask(client)
    assert kim.post("/logout", {"csrf_token": fields(page)["csrf_token"]}).location == "/login"
    assert kim.ask(client).location.startswith("/login?")


def test_every_error_outside_the_dashboard_tells_its_id(polis, client, kim):
    lee = somebody(polis, verified=False)
    pages = {
        "link": kim.get("/link/polis_ml_nothing"),
        "invitation": kim.get("/invite/nothing"),
        "lost": kim.answer(kim.ask(client), "approve", form="no such form"),
        "misdirected": kim.ask(client, redirect_uri="https://elsewhere.example/"),
        "unproved": lee.ask(client),
        "device unproved": lee.get(PAGE),
        "device late": too_late(polis, kim),
        "nowhere": kim.get("/nowhere"),
        "pay": kim.get("/pay/nothing"),
        "shared": kim.get("/s/nothing"),
    }
    assert {name: page.status_code for name, page in pages.items()} == {
        "link": 404, "invitation": 404, "lost": 400, "misdirected": 400, "unproved": 403,
        "device unproved": 403, "device late": 409, "nowhere": 404, "pay": 404, "shared": 404,
    }  # fmt: skip
    told = {name: ID.findall(page.text) for name, page in pages.items()}
    assert told == {name: [page.headers["X-Request-Id"]] for name, page in pages.items()}
