"""Pay pages: whoever holds the link sees what is sold to whom; the button buys once, by itself."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.domain.links import Links
from app.kit import clock
from app.models.billing import Purchase
from tests.rounds import rounds
from tests.together import together
from tests.tools.installation import Installation

BASE = "http://127.0.0.1:8000"


class Browser:
    """A visitor without any credential; it stays on the page it opened last."""

    def __init__(self, polis: Installation) -> None:
        self._http = polis.app.test_client()

    def open(self, url: str, method: str = "GET", **more):
        return self._http.open(url, method=method, base_url=BASE, **more)

    def press(self, url: str):
        """Press the page's one button and go where it leads."""
        assert re.findall(r"<(?:form|button)[^>]*>", self.open(url).text) == [
            '<form method="post">', '<button class="btn btn-primary btn-wide" type="submit">',
        ]  # fmt: skip
        answer = self.open(url, "POST")
        assert answer.status_code == 303
        return answer.headers["Location"]


@pytest.fixture
def browser(polis):
    return Browser(polis)


def _links(agent):
    account = agent.call("polis_account")
    packs = {f"pack {pack['pack']}": pack["url"] for pack in account["topup_packs"]}
    return packs | {f"plan {name}": url for name, url in account["checkout_urls"].items()}


def _left(agent):
    account = agent.call("polis_account")
    return account["included_tokens_remaining"] + account["pack_tokens_remaining"]


@pytest.mark.parametrize(
    ("item", "price", "tokens"),
    [
        ("pack small", "$5.00", "1,000"), ("pack medium", "$20.00", "4,000"),
        ("pack large", "$50.00", "12,500"), ("pack scale", "$200.00", "55,000"),
        ("plan starter", "$20.00 a month", "4,000"), ("plan pro", "$50.00 a month", "12,500"),
        ("plan scale", "$200.00 a month", "55,000"),
    ],
)  # fmt: skip
def test_a_page_shows_the_item_its_price_and_a_masked_name(polis, browser, item, price, tokens):
    agent = polis.agent(tokens=0, email=f"margaret.{clock.now().timestamp()}@example.com")
    page = browser.open(_links(agent)[item])
    assert page.status_code == 200
    for shown in (f"Polis {item}", price, tokens, "ma…", "no card, no money"):
        assert shown in page.text
    assert "margaret" not in page.text
    assert agent.who.organization_id not in page.text


def test_looking_at_a_page_buys_nothing(polis, browser):
    agent = polis.agent(tokens=0)
    with polis.unchanged():
        for link in _links(agent).values():
            browser.open(link)
            browser.open(link, "HEAD")
    assert _left(agent) == 0


def test_the_button_makes_a_purchase_and_the_next_one_pays_it(polis, browser):
    agent = polis.agent(tokens=0)
    checkout = browser.press(_links(agent)["pack small"])
    assert checkout.startswith(f"{BASE}/pay/")
    assert _left(agent) == 0
    assert browser.press(checkout) == checkout
    assert _left(agent) == 1000
    page = browser.open(checkout)
    assert "Paid" in page.text
    assert "<form" not in page.text


def test_a_plan_is_bought_the_same_way(polis, browser):
    agent = polis.agent(tokens=0)
    browser.press(browser.press(_links(agent)["plan pro"]))
    account = agent.call("polis_account")
    assert (account["plan"], account["status"], account["cap_usd"]) == ("pro", "active", 50)
    assert account["included_tokens_remaining"] == 12_500


def test_the_page_of_a_topup_is_the_checkout_itself(polis, browser):
    agent = polis.agent(tokens=0)
    url = agent.call("polis_topup", pack="medium")["pay_url"]
    browser.press(url)
    assert _left(agent) == 4000


def test_pressing_again_and_again_buys_once(polis, browser):
    agent = polis.agent(tokens=0)
    url = agent.call("polis_topup", pack="small")["pay_url"]
    for _ in range(3):
        assert browser.open(url, "POST").status_code == 303
    assert _left(agent) == 1000


def test_pressing_many_times_at_the_same_moment_buys_once(polis):
    agent = polis.agent(tokens=0)
    url = agent.call("polis_topup", pack="small")["pay_url"]
    answers = together(rounds(160), lambda _: Browser(polis).open(url, "POST").status_code)
    assert set(answers) == {303}
    assert _left(agent) == 1000


@pytest.mark.parametrize(
    "mutate",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: token.replace("pack:small", "pack:scale"),
        lambda token: token.replace(".1", ".9", 1),
        lambda token: token.rpartition(".")[0],
        lambda token: token + ".x",
        lambda token: f"{token}=",
        lambda token: token.replace("org_", "org_0", 1),
        lambda token: "...",
        lambda _: "x",
        lambda _: "a.b.\u00b2.c",
        lambda _: "\x00",
        lambda _: "x" * 5000,
        lambda _: "../../etc/passwd",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_tampered_link_leads_nowhere(polis, browser, mutate, method):
    agent = polis.agent(tokens=0)
    token = _links(agent)["pack small"].rpartition("/")[2]
    with polis.unchanged():
        answer = browser.open(f"/pay/{mutate(token)}", method)
    assert answer.status_code == 404
    assert "There is no page at this address." in answer.text


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_lasts_a_week_and_no_longer(polis, browser, method):
    agent = polis.agent(tokens=0)
    links = [_links(agent)["pack small"], agent.call("polis_topup", pack="small")["pay_url"]]
    for url in links:
        with time_machine.travel(clock.now() + timedelta(days=6, hours=23)):
            assert browser.open(url).status_code == 200
        with time_machine.travel(clock.now() + timedelta(days=8, seconds=1)):
            assert browser.open(url, method).status_code == 404


def test_an_item_nobody_sells_leads_nowhere_even_when_signed(polis, browser):
    organization = polis.agent().who.organization_id
    for item in ("pack:huge", "plan:trial", "plan:", "pur_" + "0" * 26, "", "x"):
        url = polis.services.links.pay(organization, item, clock.now())
        assert browser.open(url).status_code == 404
        assert browser.open(url, "POST").status_code == 404


def test_an_organization_that_is_not_there_leads_nowhere(polis, browser):
    url = polis.services.links.pay("org_" + "0" * 26, "pack:small", clock.now())
    assert browser.open(url).status_code == 404
    assert browser.open(url, "POST").status_code == 404


def test_links_signed_with_an_older_secret_still_lead_somewhere(polis):
    url = polis.agent(tokens=0).call("polis_topup", pack="small")["pay_url"]
    token, old, new = url.rpartition("/")[2], "a secret of the tests alone", "a newer one than that"
    assert Links(BASE, (new, old)).read_pay(token, clock.now()) is not None
    assert Links(BASE, (new,)).read_pay(token, clock.now()) is None


@pytest.mark.parametrize("mode", ["off", "stripe"])
def test_without_the_simulated_biller_the_button_does_nothing(polis, mode):
    agent = polis.agent(tokens=0)
    url = agent.call("polis_topup", pack="small")["pay_url"]
    with polis.taking(mode) as other, polis.unchanged():
        visitor = Browser(other)
        page = visitor.open(url)
        assert "<form" not in page.text
        assert "no card, no money" not in page.text
        assert visitor.open(url, "POST").status_code == 404


def test_a_purchase_is_of_whom_it_was_offered_to(polis, browser):
    agent, other = polis.agent(tokens=0), polis.agent(tokens=0)
    url = agent.call("polis_topup", pack="small")["pay_url"]
    token = url.rpartition("/")[2].replace(agent.who.organization_id, other.who.organization_id)
    assert browser.open(f"/pay/{token}", "POST").status_code == 404
    with polis.services.database.reading() as session:
        (purchase,) = session.scalars(
            select(Purchase).where(Purchase.organization_id == agent.who.organization_id)
        )
    crossed = polis.services.links.pay_until(
        other.who.organization_id, purchase.id, purchase.expires_at
    )
    with polis.unchanged():
        assert browser.open(crossed).status_code == 404
        assert browser.open(crossed, "POST").status_code == 404


def test_the_token_is_in_no_log(polis, browser, capsys):
    url = polis.agent(tokens=0).call("polis_topup", pack="small")["pay_url"]
    browser.open(url)
    browser.press(url)
    logged = "".join(capsys.readouterr())
    assert '"route":"/pay/<token>"' in logged
    assert url.rpartition(".")[2] not in logged
