"""polis_topup: a page where a person can pay; nothing is bought until somebody does."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from app.kit import clock
from app.models.accounts import Organization
from app.models.billing import IdempotentAnswer, Purchase

BASE = "http://127.0.0.1:8000"
CHECKOUT = f"{BASE}/billing/simulated/checkout/"


def paid(polis, answer):
    """Somebody pays at the page of an answer, and the provider's notice is applied."""
    biller = polis.services.biller()
    assert biller.pay(answer["pay_url"].removeprefix(CHECKOUT), clock.now()).checkout.paid
    polis.work_off()


@pytest.mark.parametrize(
    ("pack", "usd", "tokens"),
    [("small", 5, 1000), ("medium", 20, 4000), ("large", 50, 12_500), ("scale", 200, 55_000)],
)
def test_a_pack_is_offered_with_its_price(polis, pack, usd, tokens):
    agent = polis.agent(tokens=0)
    with polis.services.transaction() as session:
        row = session.get_one(Organization, agent.who.organization_id)
        row.created_at -= timedelta(days=8)  # as one may buy for more than at first
    answer = agent.call("polis_topup", pack=pack)
    assert (answer["pack"], answer["usd"], answer["tokens"]) == (pack, usd, tokens)
    assert answer["pay_url"].startswith(CHECKOUT)
    assert answer["expires_at"] > clock.iso(clock.now())
    assert (answer["status"], "hint" in answer) == ("open", False)
    assert answer["_usage"]["pack_tokens_remaining"] == 0


def test_whose_owner_has_confirmed_no_address_is_offered_nothing(polis):
    refused = polis.agent(tokens=0, verified=False).outcome("polis_topup", {"pack": "small"})
    assert refused["isError"]
    error = refused["structuredContent"]["error"]
    assert (error["code"], "confirms theirs" in error["hint"]) == ("conflict", True)


def test_a_key_from_before_the_payment_mode_was_changed_asks_for_another(polis):
    agent = polis.agent(tokens=0)
    call = {"pack": "small", "idempotency_key": "once"}
    agent.call("polis_topup", **call)
    with polis.services.transaction() as session:
        session.execute(update(Purchase).values(mode="stripe_test"))
    refused = agent.outcome("polis_topup", call)["structuredContent"]["error"]
    assert (refused["code"], refused["hint"]) == ("conflict", "Use a new idempotency_key.")
    assert agent.call("polis_topup", **{**call, "idempotency_key": "twice"})["status"] == "open"


def test_the_offer_is_written_down_and_unpaid(polis):
    agent = polis.agent(tokens=0)
    agent.call("polis_topup", pack="small")
    with polis.services.database.reading() as session:
        (purchase,) = session.scalars(
            select(Purchase).where(Purchase.organization_id == agent.who.organization_id)
        )
    assert (purchase.item, purchase.usd_micros, purchase.paid_at) == ("pack:small", 5_000_000, None)


def test_the_same_key_gives_the_same_page_and_keeps_no_secret(polis):
    agent = polis.agent(tokens=0)
    first = agent.call("polis_topup", pack="small", idempotency_key="once")
    again = agent.call("polis_topup", pack="small", idempotency_key="once")
    assert again == first
    token = first["pay_url"].rpartition("/")[2]
    with polis.services.database.reading() as session:
        kept = session.scalars(
            select(IdempotentAnswer).where(
                IdempotentAnswer.organization_id == agent.who.organization_id
            )
        ).one()
    assert token.rpartition(".")[2] not in str(kept.answer)
    assert "pay_url" not in kept.answer


def test_the_same_key_tells_once_it_was_paid(polis):
    agent = polis.agent(tokens=0)
    call = {"pack": "small", "idempotency_key": "once"}
    first = agent.call("polis_topup", **call)
    assert agent.call("polis_topup", **call)["status"] == "open"
    paid(polis, first)
    again = agent.call("polis_topup", **call)
    assert again["status"] == "paid"
    assert again["pay_url"].startswith(f"{BASE}/pay/")
    assert again["_usage"]["pack_tokens_remaining"] == 1000
    assert {k: again[k] for k in ("pack", "usd", "tokens", "expires_at")} == {
        k: first[k] for k in ("pack", "usd", "tokens", "expires_at")
    }


def test_a_page_whose_time_is_over_is_opened_no_more(polis):
    agent = polis.agent(tokens=0)
    call = {"pack": "small", "idempotency_key": "once"}
    agent.call("polis_topup", **call)
    with time_machine.travel(clock.now() + timedelta(days=1)):
        ended = agent.call("polis_topup", **call)
    assert (ended["status"], ended["pay_url"][: len(BASE) + 5]) == ("open", f"{BASE}/pay/")


def test_without_a_key_each_call_is_a_purchase_of_its_own(polis):
    agent = polis.agent(tokens=0)
    pages = {agent.call("polis_topup", pack="small")["pay_url"] for _ in range(2)}
    assert len(pages) == 2


def test_test_tokens_cannot_be_bought(polis):
    agent = polis.agent(book="test")
    with polis.unchanged():
        error = agent.refusal("polis_topup", pack="small")
    assert error["code"] == "conflict"


def test_an_installation_that_sells_nothing_offers_nothing(polis):
    with polis.taking("off") as selling_nothing:
        agent = selling_nothing.agent(tokens=0)
        with polis.unchanged():
            assert agent.refusal("polis_topup", pack="small")["code"] == "not_found"


def test_a_reading_key_opens_no_page(polis):
    agent = polis.agent(scopes=("mcp:read",))
    with polis.unchanged():
        assert agent.refusal("polis_topup", pack="small")["code"] == "insufficient_scope"
