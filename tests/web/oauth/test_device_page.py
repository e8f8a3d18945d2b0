"""The page a device's person reads: what it shows, who can answer, and how often one may guess."""

import re
from dataclasses import replace

import pytest
import time_machine
from sqlalchemy import select, update

from app.domain.grants import device as requests
from app.domain.grants.device import DeviceAnswered
from app.domain.grants.terms import Terms
from app.kit import clock
from app.models.accounts import Organization
from app.models.clients import Client
from app.models.work import Work
from tests import oauth
from tests.factories import member
from tests.together import together
from tests.tools.installation import running
from tests.web.oauth.gadget import PAGE, answered, gadget, typed
from tests.web.oauth.visitor import Visitor, fields, visitor

NOW = clock.now()
WRONG = ("BBBB-BBBB", "CCCC-CCCC", "DDDD-DDDD", "FFFF-FFFF", "GGGG-GGGG", "HHHH-HHHH")


@pytest.fixture
def device(polis):
    made = gadget(polis, name="Shell of Kim")
    made.ask(scope="mcp openid")
    return made


def _code(device) -> str:
    return device.codes["user_code"]


# The code.


def test_a_stranger_signs_in_and_comes_back_to_the_code(polis, device):
    answer = Visitor(polis, None).get(f"{PAGE}?user_code={_code(device)}")
    assert answer.status_code == 303
    assert answer.location == f"/login?next=%2Fdevice%3Fuser_code%3D{_code(device)}"


def test_a_complete_address_fills_the_code_in_and_submits_nothing(device, kim):
    page = kim.get(f"{PAGE}?user_code={_code(device)}")
    assert page.status_code == 200
    assert fields(page)["user_code"] == _code(device)
    assert "Do not continue if someone sent you this code." in page.text
    assert "Shell of Kim" not in page.text
    assert "Refresh" not in page.headers
    assert device.poll().json["error"] == "authorization_pending"


@pytest.mark.parametrize("written", [str.lower, lambda code: code.replace("-", ""), " {} ".format])
def test_a_code_is_read_in_any_case_with_or_without_its_dash(device, kim, written):
    page = typed(kim, written(_code(device)))
    assert page.status_code == 200
    assert _code(device) in page.text


@pytest.mark.parametrize("written", ["", "BCDF", "BCDF-GHJA", "BCDF-GHJK-LMNP", "<b>BCDFGHJK</b>"])
def test_what_is_no_code_is_asked_for_again(kim, written):
    page = typed(kim, written)
    assert page.status_code == 422
    assert "No device waits with this code." in page.text
    assert "<b>BCDF" not in page.text


def test_a_code_nobody_waits_with_is_asked_for_again(kim):
    page = typed(kim, WRONG[0])
    assert page.status_code == 422
    assert 'value="BBBB-BBBB"' in page.text


def test_a_code_is_dead_after_ten_minutes(polis):
    with time_machine.travel(NOW, tick=False) as moment:
        device, kim = gadget(polis), visitor(polis)
        device.ask()
        moment.shift(599)
        assert typed(kim, _code(device)).status_code == 200
        moment.shift(1)
        assert typed(kim, _code(device)).status_code == 422


# What it shows.


def test_the_page_says_when_where_from_and_by_which_program(polis):
    with time_machine.travel(NOW, tick=False) as moment:
        device, kim = gadget(polis, name="Shell <b>x"), visitor(polis)
        form = {"client_id": device.client.client_id}
        device.codes = device.send(
            "/api/oauth/device", form, **{"User-Agent": "shell/1.2 <i>"}
        ).json
        moment.shift(180)
        page = typed(kim, _code(device))
    assert "3 minutes ago" in page.text
    assert f">{NOW:%-d %b, %H:%M}</time>" in page.text
    assert "198.51.100.9" in page.text
    assert "Not the network you are on now." in page.text
    assert "shell/1.2 &lt;i&gt;" in page.text
    assert "calls itself <b>Shell &lt;b&gt;x</b>" in page.text
    assert "Do not continue if someone sent you this code." in page.text


def test_an_app_that_is_verified_elsewhere_is_not_on_a_device(polis, kim):
    device = gadget(polis, kind="document", name="Claude", redirect_uris=[oauth.REDIRECT])
    with polis.services.transaction() as session:
        marked = update(Client).where(Client.id == device.client.id)
        session.execute(marked.values(verified_at=clock.now()))
    device.ask()
    page = typed(kim, _code(device))
    assert "unverified" in page.text
    assert (fields(page)["limit"], fields(page)["days"]) == ("300", "90")


def test_what_it_can_do_is_said_in_the_words_of_the_consent_page(device, kim):
    page = typed(kim, _code(device))
    assert "Run tests and ask panels, spending your tokens up to the limit below" in page.text
    assert "Know that you are the same person each time" in page.text
    assert "Charge your card or change your plan" in page.text
    assert not re.search(r"<script|\sstyle=|\son\w+=", page.text)


# Answers.


def test_an_approval_becomes_a_connection_with_the_limits_chosen(polis, device, kim):
    page = answered(kim, device, limit="120", days="30")
    assert page.status_code == 200
    assert "Your device is connected." in page.text
    [grant] = kim.grants()
    assert grant.monthly_cap_tokens == 120
    assert (grant.expires_at - grant.created_at).days == 30
    assert (grant.redirect_uri, grant.scopes) == (None, "mcp openid")
    assert "Shell of Kim" in kim.get("/app/apps").text


def test_an_approval_is_mailed_without_a_strangers_words(polis, device, kim):
    answered(kim, device)
    with polis.services.database.reading() as session:
        sent = [
            row.payload for row in session.scalars(select(Work).where(Work.kind == "send_mail"))
        ]
    [told] = [each for each in sent if each["facts"].get("organization") == kim.who.organization_id]
    assert told["purpose"] == "app_connected"
    assert "198.51.100.9" in told["facts"]["app"]
    assert "Shell" not in str(told)


def test_approving_twice_makes_one_connection_and_says_so(device, kim):
    first = typed(kim, _code(device))
    form = {**fields(first), "decision": "approve"}
    kim.post(PAGE, form)
    again = kim.post(PAGE, form)
    assert again.status_code == 200
    assert "Your device is already connected." in again.text
    assert len(kim.grants()) == 1


def test_of_many_approvals_at_once_one_makes_the_connection(polis, device, kim):
    browsers = [visitor(polis, kim.who, "192.0.2.40") for _ in range(4)]
    forms = [{**fields(typed(each, _code(device))), "decision": "approve"} for each in browsers]
    pages = together(4, lambda number: browsers[number].post(PAGE, forms[number]))
    assert len(kim.grants()) == 1
    assert sum("Your device is connected." in page.text for page in pages) == 1
    assert {page.status_code for page in pages} <= {200, 409}


def test_an_answer_that_comes_too_late_undoes_its_own_connection(polis, device, kim):
    services, now = polis.services, clock.now()
    with services.database.reading() as session:
        waiting = requests.find(session, _code(device).replace("-", ""), services.links.keys, now)
    with services.transaction() as session:
        requests.deny(session, waiting, now)
    person, agreed = oauth.signed_in(kim.who, now), Terms(300, 90)
    facts = (waiting, device.client, person, kim.who.organization_id, agreed, now)
    with pytest.raises(DeviceAnswered), services.transaction() as session:
        requests.allow(session, *facts)
    assert kim.grants() == []


def test_whoever_is_not_the_person_signed_in_comes_back_to_the_code(device, kim):
    page = typed(kim, _code(device))
    there = f"/login?next=%2Fdevice%3Fuser_code%3D{_code(device)}&amp;again=1"
    assert f'href="{there}">Not you?' in page.text


def test_a_code_somebody_else_answered_is_not_said_to_be_mine(polis, device, kim):
    answered(kim, device)
    other = visitor(polis)
    page = typed(other, _code(device))
    assert "This code has been answered already." in page.text
    assert other.grants() == []


def test_a_denied_code_cannot_be_approved(device, kim):
    page = typed(kim, _code(device))
    kim.post(PAGE, {**fields(page), "decision": "deny"})
    late = kim.post(PAGE, {**fields(page), "decision": "approve"})
    assert "This code has been answered already." in late.text
    assert kim.grants() == []


def test_the_next_code_is_asked_about_again(device, kim):
    answered(kim, device)
    device.ask()
    page = typed(kim, _code(device))
    assert "Allow a device to use Polis for you?" in page.text
    assert device.poll().json["error"] == "authorization_pending"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"limit": "many"}, "The limit is a whole number of tokens"),
        ({"days": "9999"}, "Choose one of the ends offered."),
        ({"organization": "org_else"}, "Choose an organization you may connect."),
        ({"revision": "0"}, "The app changed while you read."),
    ],
)
def test_what_cannot_be_agreed_is_asked_again(device, kim, changed, sentence):
    page = answered(kim, device, **changed)
    assert page.status_code == 422
    assert sentence in page.text
    assert kim.grants() == []


def test_an_organization_of_others_cannot_be_chosen_and_the_choice_says_so(polis, device, kim):
    other = member(polis.services)
    page = answered(kim, device, organization=other.organization_id).text
    assert 'id="organization" aria-describedby="organization-e"' in page
    said = r'id="organization-e">.*Choose an organization you may connect\.</p></fieldset>'
    assert re.search(said, page)
    assert kim.grants() == []


def test_an_organization_that_is_suspended_is_greyed_out(polis, device, kim):
    own = Organization.id == kim.who.organization_id
    with polis.services.transaction() as session:
        session.execute(update(Organization).where(own).values(suspended_at=clock.now()))
    page = typed(kim, _code(device))
    assert re.search(rf'value="{kim.who.organization_id}" disabled', page.text)
    assert answered(kim, device, organization=kim.who.organization_id).status_code == 422
    assert kim.grants() == []


def test_somebody_unproved_cannot_approve(polis, device):
    visiting = visitor(polis, verified=False)
    assert visiting.get(PAGE).status_code == 403
    token = fields(visiting.get("/app/apps"))["csrf_token"]
    form = {"csrf_token": token, "user_code": _code(device), "decision": "approve"}
    answer = visiting.post(PAGE, form)
    assert answer.status_code == 403
    assert "Confirm your address first." in answer.text
    assert visiting.grants() == []


def test_a_form_that_is_not_ours_changes_nothing(device, kim):
    page = typed(kim, _code(device))
    form = {**fields(page), "decision": "approve", "csrf_token": "forged"}
    assert kim.post(PAGE, form).status_code == 400
    assert kim.grants() == []


def test_a_client_that_ended_takes_its_codes_along(polis, device, kim):
    ended = update(Client).where(Client.id == device.client.id).values(ended_at=clock.now())
    with polis.services.transaction() as session:
        session.execute(ended)
    assert typed(kim, _code(device)).status_code == 422


# Guesses.


@pytest.fixture
def limited(polis):
    """The same installation with its limits on, at a clock of its own."""
    settings = polis.services.settings.model_copy(update={"rate_limits": True})
    with (
        time_machine.travel(clock.now(), tick=False) as moment,
        running(replace(polis.services, settings=settings)) as installation,
    ):
        installation.moment = moment
        yield installation


def test_five_wrong_codes_and_even_the_right_one_is_not_tried(limited):
    limited.moment.shift(1800)  # past what other tests guessed
    device, kim = gadget(limited), visitor(limited)
    device.ask()
    statuses = [typed(kim, code).status_code for code in WRONG]
    assert statuses == [422] * 5 + [429]
    assert typed(kim, _code(device)).status_code == 429
    limited.moment.shift(601)
    device.ask()
    assert typed(kim, _code(device)).status_code == 200


def test_another_session_in_the_same_network_gets_no_new_guesses(limited):
    limited.moment.shift(3600)
    device, kim, other = gadget(limited), visitor(limited), visitor(limited)
    device.ask()
    for code in WRONG[:5]:
        typed(kim, code)
    assert typed(other, _code(device)).status_code == 429


def test_right_codes_and_typing_errors_use_up_nothing(limited):
    limited.moment.shift(7200)
    device, kim = gadget(limited), visitor(limited)
    device.ask()
    assert [typed(kim, "BCDF").status_code for _ in range(8)] == [422] * 8
    assert [typed(kim, _code(device)).status_code for _ in range(8)] == [200] * 8
    assert answered(kim, device).status_code == 200
