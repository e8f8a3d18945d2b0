"""Pay pages: whoever holds the link sees what is sold to whom; the button buys once, by itself."""

from datetime import timedelta
from urllib.parse import urlencode, urlsplit

import pytest
import time_machine
from sqlalchemy import delete, select

from app.domain.links import Links
from app.kit import clock
from app.models.accounts import Organization
from app.models.billing import Purchase
from app.models.work import Work
from app.web.play_money import SENTENCES
from tests.rounds import rounds
from tests.together import together
from tests.web.pages.payer import BASE, Browser, links_of

RETURNS = ("return", "return_url", "success_url", "cancel_url", "back", "back_url", "next", "url")


@pytest.fixture
def browser(polis):
    return Browser(polis)


def _left(agent):
    account = agent.call("polis_account")
    return account["included_tokens_remaining"] + account["pack_tokens_remaining"]


def test_a_page_from_before_the_payment_mode_was_changed_sells_nothing_but_tells_what_was_paid(
    polis, browser
):
    agent, later = polis.agent(tokens=0), clock.now() + timedelta(days=1)
    with polis.services.transaction() as session:
        who = agent.who.organization_id
        for number, paid in enumerate((None, clock.now())):
            facts = {"item": "pack:small", "tokens": 1_000, "usd_micros": 5_000_000}
            session.add(Purchase(
                id=f"pur_{number:026d}", organization_id=who, mode="stripe_test", paid_at=paid,
                created_at=clock.now(), expires_at=later, **facts,
            ))  # fmt: skip
    links = [polis.services.links.paying(who, f"pur_{n:026d}", later) for n in range(2)]
    assert [browser.open(link).status_code for link in links] == [404, 200]
    assert browser.open(links[0], "POST").status_code == 404


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
    email = f"margaret.{clock.now().timestamp()}@example.com"
    agent = polis.agent(tokens=0, email=email, verified=False)
    page = browser.open(links_of(agent)[item])
    assert page.status_code == 200
    for shown in (f"Polis {item}", price, tokens, "ma…", SENTENCES["simulated"]):
        assert shown in page.text
    assert "margaret" not in page.text
    assert agent.who.organization_id not in page.text


def test_a_page_shows_its_payer_whose_it_is_by_a_masked_address(polis, browser):
    email = f"margaret.{clock.now().timestamp()}@example.com"
    agent = polis.agent(tokens=0, email=email, verified=True)
    page = browser.open(links_of(agent)["pack small"])
    assert "m…@example.com" in page.text
    assert "margaret" not in page.text


def test_whose_owner_has_confirmed_no_address_buys_nothing_by_a_link(polis, browser):
    agent = polis.agent(tokens=0, verified=False)
    for link in links_of(agent).values():
        browser.open(link)
        with polis.unchanged():
            refused = browser.open(link, "POST")
        assert refused.status_code == 409
        assert "confirmed an e-mail address" in refused.text


def test_looking_at_a_page_buys_nothing(polis, browser):
    agent = polis.agent(tokens=0)
    with polis.unchanged():
        for link in links_of(agent).values():
            browser.open(link)
            browser.open(link, "HEAD")
    assert _left(agent) == 0


def test_the_button_opens_the_page_where_it_is_paid_and_the_payer_comes_back(polis, browser):
    agent = polis.agent(tokens=0)
    checkout = browser.press(links_of(agent)["pack small"])
    assert checkout.startswith(f"{BASE}/billing/simulated/checkout/")
    assert _left(agent) == 0
    back = browser.pay(checkout)
    assert back.startswith(f"{BASE}/pay/")
    assert "Confirming the payment" in browser.open(back).text
    polis.work_off()
    assert _left(agent) == 1000
    page = browser.open(back)
    assert "Paid. The tokens are there." in page.text
    assert "<form" not in page.text


def test_where_a_payer_comes_back_to_is_never_the_askers_to_say(polis, browser):
    link = links_of(polis.agent(tokens=0))["pack small"]
    elsewhere = "https://evil.example/"
    said = dict.fromkeys(RETURNS, elsewhere)
    answer = browser.open(f"{link}?{urlencode(said)}", "POST", data=said)
    checkout = answer.headers["Location"]
    assert "evil" not in checkout
    paid = browser.open(f"{checkout}?{urlencode(said)}", "POST", data={**said, "do": "pay"})
    back = urlsplit(paid.headers["Location"])
    assert f"{back.scheme}://{back.netloc}" == BASE
    assert (back.path[:5], back.query) == ("/pay/", "")


def test_whoever_comes_back_without_paying_may_go_on(polis, browser):
    agent = polis.agent(tokens=0)
    checkout = browser.press(links_of(agent)["pack small"])
    back = browser.pay(checkout, "cancel")
    assert "Not paid yet." in browser.open(back).text
    assert browser.press(back) == checkout
    browser.pay(checkout)
    polis.work_off()
    assert _left(agent) == 1000


def test_a_page_that_was_left_alone_ends(polis, browser):
    agent = polis.agent(tokens=0)
    back = browser.pay(browser.press(links_of(agent)["pack small"]), "cancel")
    with time_machine.travel(clock.now() + timedelta(days=2)):
        assert "nothing was paid" in browser.open(back).text


def test_a_payment_whose_notice_got_lost_is_found_when_its_payer_is_back(polis, browser):
    agent = polis.agent(tokens=0)
    back = browser.pay(browser.press(links_of(agent)["pack small"]))
    with polis.services.transaction() as session:
        session.execute(delete(Work).where(Work.kind == "apply_payment"))
    browser.open(back)
    polis.work_off()
    assert _left(agent) == 1000


def test_a_plan_is_bought_the_same_way(polis, browser):
    agent = polis.agent(tokens=0)
    browser.pay(browser.press(links_of(agent)["plan pro"]))
    polis.work_off()
    account = agent.call("polis_account")
    assert (account["plan"], account["status"], account["cap_usd"]) == ("pro", "active", 50)
    assert account["included_tokens_remaining"] == 12_500


def test_where_a_plan_lives_a_plan_link_leads_to_its_change(polis, browser):
    agent = polis.agent(tokens=0)
    link = links_of(agent)["plan scale"]
    browser.pay(browser.press(links_of(agent)["plan pro"]))
    polis.work_off()
    page = browser.open(link)
    assert "has a plan already" in page.text
    assert 'href="/app/billing"' in page.text
    with polis.unchanged():
        assert browser.open(link, "POST").status_code == 409


def test_the_page_of_a_topup_is_the_checkout_itself(polis, browser):
    agent = polis.agent(tokens=0)
    browser.pay(agent.call("polis_topup", pack="medium")["pay_url"])
    polis.work_off()
    assert _left(agent) == 4000


def test_paying_again_and_again_buys_once(polis, browser):
    agent = polis.agent(tokens=0)
    url = agent.call("polis_topup", pack="small")["pay_url"]
    for _ in range(3):
        browser.pay(url)
    polis.work_off()
    assert _left(agent) == 1000


def test_paying_many_times_at_the_same_moment_buys_once(polis):
    agent = polis.agent(tokens=0)
    url = agent.call("polis_topup", pack="small")["pay_url"]
    together(rounds(160), lambda _: Browser(polis).pay(url))
    polis.work_off()
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
    token = links_of(agent)["pack small"].rpartition("/")[2]
    with polis.unchanged():
        answer = browser.open(f"/pay/{mutate(token)}", method)
    assert answer.status_code == 404
    assert "There is no page at this address." in answer.text


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_lasts_a_week_and_no_longer(polis, browser, method):
    agent = polis.agent(tokens=0)
    url = links_of(agent)["pack small"]
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
    url = links_of(polis.agent(tokens=0))["pack small"]
    token, old, new = url.rpartition("/")[2], "a secret of the tests alone", "a newer one than that"
    assert Links(BASE, (new, old)).read_pay(token, clock.now()) is not None
    assert Links(BASE, (new,)).read_pay(token, clock.now()) is None


def test_where_nothing_is_sold_the_button_is_not_there(polis):
    url = links_of(polis.agent(tokens=0))["pack small"]
    with polis.taking("off") as other, polis.unchanged():
        visitor = Browser(other)
        page = visitor.open(url)
        assert "<form" not in page.text
        assert "Test mode." not in page.text
        assert visitor.open(url, "POST").status_code == 404


def test_where_test_cards_are_needed_the_page_does_not_say_no_card(polis):
    url = links_of(polis.agent(tokens=0))["pack small"]
    with polis.taking("stripe") as other:
        page = Browser(other).open(url)
    assert SENTENCES["stripe_test"] in page.text
    assert "no card" not in page.text


def test_where_payments_are_not_set_up_the_button_says_so(polis):
    url = links_of(polis.agent(tokens=0))["pack small"]
    with polis.taking("stripe") as other:
        answer = Browser(other).open(url, "POST")
    assert answer.status_code == 503
    assert "polis setup-stripe" in answer.text


def test_a_purchase_is_of_whom_it_was_offered_to(polis, browser):
    agent, other = polis.agent(tokens=0), polis.agent(tokens=0)
    token = links_of(agent)["pack small"].rpartition("/")[2]
    crossed = token.replace(agent.who.organization_id, other.who.organization_id)
    assert browser.open(f"/pay/{crossed}", "POST").status_code == 404
    browser.press(links_of(agent)["pack small"])
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
    url = links_of(polis.agent(tokens=0))["pack small"]
    browser.open(url)
    browser.press(url)
    logged = "".join(capsys.readouterr())
    assert '"route":"/pay/<token>"' in logged
    assert url.rpartition(".")[2] not in logged


def test_a_page_that_was_left_sells_no_second_plan(polis, browser):
    agent = polis.agent(tokens=0, verified=True)
    with polis.services.transaction() as session:
        organization = session.get_one(Organization, agent.who.organization_id)
        organization.created_at -= timedelta(days=8)
    links = links_of(agent)
    back = browser.pay(browser.press(links["plan starter"]), "cancel")
    browser.pay(browser.press(links["plan pro"]))
    polis.work_off()
    page = browser.open(back).text
    assert "has a plan already" in page or "This page has ended" in page
    assert "Go to checkout" not in page
    assert browser.open(back, "POST").headers["Location"].endswith(back.rpartition("/")[2])
