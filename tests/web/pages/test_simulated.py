"""The simulated biller's pages: money that is none, shown as such, and no page of it elsewhere."""

import re
from datetime import timedelta

import pytest
import time_machine

from app.kit import clock
from app.web.play_money import SENTENCES
from tests.rounds import rounds
from tests.together import together
from tests.web.account.browser import BASE, Visitor
from tests.web.team.people import Team

TEST_MODE = SENTENCES["simulated"]
PORTAL = "/app/billing/simulated"


class Payer(Visitor):
    """Somebody with a link and no account, in front of a page to pay at."""

    def __init__(self, polis, organization_id: str, item: str) -> None:
        super().__init__(polis)
        link = polis.services.links.pay(organization_id, item, clock.now())
        self.checkout = self._send("POST", link.removeprefix(BASE)).location.removeprefix(BASE)

    def look(self) -> str:
        answer = self.open(self.checkout)
        assert answer.status_code == 200
        assert TEST_MODE in answer.text
        assert "<script" not in answer.text
        return answer.text

    def press(self, button: str) -> str:
        """Press a button of the page as it was shown, and say where that leads."""
        assert f'name="do" value="{button}"' in self.look()
        answer = self.again(button)
        assert answer.status_code == 303
        return answer.location

    def again(self, button: str):
        """Send the form once more, without looking."""
        return self._send("POST", self.checkout, data={"do": button})


@pytest.fixture
def payer(polis):
    return Payer(polis, polis.agent(tokens=0).who.organization_id, "pack:small")


@pytest.fixture
def team(polis):
    return Team(polis)


def portal_of(polis, visitor: Visitor) -> str:
    answer = visitor.open(PORTAL)
    assert answer.status_code == 200
    assert TEST_MODE in answer.text
    return answer.text


@pytest.mark.parametrize(
    ("item", "name", "tokens", "price"),
    [
        ("pack:small", "Polis pack small", "1,000", "$5.00 once"),
        ("pack:large", "Polis pack large", "12,500", "$50.00 once"),
        ("plan:pro", "Polis plan pro", "12,500 a month", "$50.00 a month"),
    ],
)
def test_the_page_shows_what_is_sold_and_for_how_much(polis, item, name, tokens, price):
    agent = polis.agent(tokens=0, verified=True)
    page = Payer(polis, agent.who.organization_id, item).look()
    assert f"<h1>{name}</h1>" in page
    assert f"<dd>{tokens}</dd>" in page
    assert f"<dd>{price}</dd>" in page
    assert re.findall(r'name="do" value="(\w+)"', page) == ["pay", "decline", "cancel"]


def test_paying_leads_back_to_where_the_payer_came_from(polis, payer):
    back = payer.press("pay")
    assert back.startswith(f"{BASE}/pay/")
    page = payer.look()
    assert "Paid." in page
    assert "<form" not in page
    assert f'href="{back}"' in page
    polis.work_off()
    assert "The tokens are there" in payer.open(back.removeprefix(BASE)).text


def test_paying_twice_pays_once(polis, payer):
    back = payer.press("pay")
    for button in ("pay", "decline", "cancel"):
        assert payer.again(button).location == back
    polis.work_off()
    assert "Paid." in payer.look()


def test_paying_many_times_at_the_same_moment_pays_once(polis):
    agent = polis.agent(tokens=0)
    payer = Payer(polis, agent.who.organization_id, "pack:small")
    path = payer.checkout
    answers = together(
        rounds(80),
        lambda _: polis.app.test_client().post(path, data={"do": "pay"}, base_url=BASE).status_code,
    )
    assert set(answers) == {303}
    polis.work_off()
    assert agent.call("polis_account")["pack_tokens_remaining"] == 1000


def test_a_declined_card_says_so_and_another_one_pays(payer):
    assert payer.press("decline") == payer.checkout
    assert "The card was declined." in payer.look()
    assert payer.press("pay").startswith(f"{BASE}/pay/")
    assert "declined" not in payer.look()


def test_cancelling_leads_back_and_pays_nothing(payer):
    payer.press("decline")
    assert payer.press("cancel").startswith(f"{BASE}/pay/")
    page = payer.look()
    assert "declined" not in page
    assert 'value="pay"' in page


def test_a_page_that_is_over_takes_no_money(polis):
    agent = polis.agent(tokens=0)
    payer = Payer(polis, agent.who.organization_id, "pack:small")
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert "This page has ended" in payer.look()
        assert payer.again("pay").location == payer.checkout
        assert "This page has ended" in payer.look()
    assert agent.call("polis_account")["pack_tokens_remaining"] == 0


def test_looking_pays_nothing_and_no_other_button_does_anything(polis, payer):
    with polis.unchanged():
        payer.look()
        payer._send("HEAD", payer.checkout)
        for button in ("", "x", "PAY", "refund"):
            assert payer.again(button).status_code == 400
        assert payer._send("POST", payer.checkout).status_code == 400
    assert 'value="pay"' in payer.look()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_page_nobody_opened_is_not_there(polis, payer, method):
    other = payer.checkout[:-1] + ("A" if payer.checkout[-1] != "A" else "B")
    for path in (
        other,
        "/billing/simulated/checkout/x",
        f"{payer.checkout}%00",
        f"{payer.checkout}/",
    ):
        assert payer._send(method, path, data={"do": "pay"}).status_code == 404


@pytest.mark.parametrize("mode", ["off", "stripe"])
def test_elsewhere_there_is_no_such_page(polis, payer, team, mode):
    with polis.taking(mode) as other:
        stranger = Visitor(other)
        assert stranger.open(payer.checkout).status_code == 404
        assert stranger._send("POST", payer.checkout, data={"do": "pay"}).status_code == 404
        owner = Team.browser(team, team.owner.who)
        owner.polis, owner.http = other, other.app.test_client()
        owner.http.set_cookie("polis", team.owner.cookie("polis"), domain="127.0.0.1")
        assert owner.open("/app/keys").status_code == 200
        assert owner.open(PORTAL).status_code == 404
        assert owner.send(PORTAL, do="cancel").status_code == 404
    assert 'value="pay"' in payer.look()


def test_the_portal_lists_what_was_bought(polis, team):
    assert "Nothing was bought yet." in portal_of(polis, team.owner)
    for item in ("pack:small", "plan:starter"):
        Payer(polis, team.id, item).press("pay")
    page = portal_of(polis, team.owner)
    assert re.findall(r'<th scope="row" class="mono">([^<]+)<', page) == ["TEST-0002", "TEST-0001"]
    assert re.findall(r'data-label="Amount">([^<]+)<', page) == ["$20.00", "$5.00"]
    assert "<dd>Starter</dd>" in page
    assert "<dt>Renews</dt>" in page


def test_a_plan_is_cancelled_and_kept_at_the_portal(polis, team):
    Payer(polis, team.id, "plan:pro").press("pay")
    portal_of(polis, team.owner)
    for _ in range(2):
        assert team.owner.send(PORTAL, do="cancel").location == PORTAL
    page = portal_of(polis, team.owner)
    assert "<dt>Ends</dt>" in page
    assert 'value="cancel"' not in page
    assert team.owner.send(PORTAL, do="keep").status_code == 303
    assert "<dt>Renews</dt>" in portal_of(polis, team.owner)
    assert team.owner.send(PORTAL, do="x").status_code == 400


def test_a_plan_to_come_is_shown_and_taken_back_at_the_portal(polis, team):
    Payer(polis, team.id, "plan:pro").press("pay")
    biller = polis.services.biller()
    (one,) = biller.subscriptions(biller.customer_of(team.id))
    biller.change_at_end(one.id, ("price_plan:starter", "price_overage:starter"))
    page = portal_of(polis, team.owner)
    assert "<dt>Then</dt><dd>Starter</dd>" in page
    assert team.owner.send(PORTAL, do="keep").status_code == 303
    assert "<dt>Then</dt>" not in portal_of(polis, team.owner)


def test_without_a_plan_the_portal_has_nothing_to_end(polis, team):
    assert "No plan is running." in portal_of(polis, team.owner)
    assert team.owner.send(PORTAL, do="cancel").status_code == 303
    assert "No plan is running." in portal_of(polis, team.owner)


def test_each_organization_sees_its_own(polis, team):
    Payer(polis, team.id, "plan:pro").press("pay")
    other = Team(polis)
    assert "Nothing was bought yet." in portal_of(polis, other.owner)
    other.owner.send(PORTAL, do="cancel")
    assert "<dt>Renews</dt>" in portal_of(polis, team.owner)


def test_only_who_has_the_right_to_billing_sees_the_portal(polis, team):
    admin = team.add("admin")
    assert admin.open(PORTAL).status_code == 403
    assert admin.send(PORTAL, do="cancel").status_code == 403
    stranger = Visitor(polis)
    assert stranger.open(PORTAL).location.startswith("/login")


def test_the_portals_form_takes_the_token_of_its_own_browser(polis, team):
    Payer(polis, team.id, "plan:pro").press("pay")
    portal_of(polis, team.owner)
    assert team.owner.send(PORTAL, token=False, do="cancel").status_code == 400
    assert "<dt>Renews</dt>" in portal_of(polis, team.owner)


def test_the_address_of_a_page_is_in_no_log(polis, capsys):
    payer = Payer(polis, polis.agent(tokens=0).who.organization_id, "pack:small")
    payer.press("pay")
    logged = "".join(capsys.readouterr())
    assert '"route":"/billing/simulated/checkout/<checkout_id>"' in logged
    assert payer.checkout.rpartition("/")[2] not in logged
