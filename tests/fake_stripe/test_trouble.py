"""Idempotency, and trouble on the wire before or after the effect."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import stripe

from tests.fake_stripe.process import FakeStripe
from tests.fake_stripe.selling import Shop

KEY = {"idempotency_key": "acct:1:customer"}


def made(fake: FakeStripe) -> int:
    return len(fake.client().v1.customers.list({"limit": 100}).data)


def test_the_same_key_and_body_answers_what_was_answered(shop: Shop):
    first = shop.v1.customers.create({"email": "ada@example.com"}, KEY)
    again = shop.v1.customers.create({"email": "ada@example.com"}, KEY)
    assert (again.id, made(shop.fake)) == (first.id, 1)
    assert again.last_response.headers["Idempotent-Replayed"] == "true"


def test_the_same_key_with_another_body_is_refused(shop: Shop):
    shop.v1.customers.create({"email": "ada@example.com"}, KEY)
    with pytest.raises(stripe.IdempotencyError, match="same parameters"):
        shop.v1.customers.create({"email": "bob@example.com"}, KEY)
    with pytest.raises(stripe.IdempotencyError):
        shop.v1.products.create({"name": "Starter"}, KEY)


def test_a_malformed_request_does_not_use_its_key_up(shop: Shop):
    with pytest.raises(stripe.InvalidRequestError):
        shop.v1.customers.create({"emial": "ada@example.com"}, KEY)
    assert shop.v1.customers.create({"email": "ada@example.com"}, KEY).id


def test_a_refusal_by_the_card_is_answered_again(shop: Shop):
    subscription = shop.subscribed(shop.plan(), payment_behavior="default_incomplete")
    shop.control.decline(customer=subscription.customer)
    for _ in range(2):
        with pytest.raises(stripe.CardError):
            shop.v1.invoices.pay(subscription.latest_invoice, {}, KEY)
    assert len(shop.v1.charges.list().data) == 1


def test_a_key_is_forgotten_after_a_day(shop: Shop):
    first = shop.v1.customers.create({}, KEY)
    shop.pass_days(1.1)
    assert shop.v1.customers.create({}, KEY).id != first.id


def test_two_requests_with_one_key_at_once_are_a_conflict(shop: Shop):
    shop.control.fault(kind="hold", method="POST", path="/v1/customers")
    with ThreadPoolExecutor() as pool:
        first = pool.submit(shop.v1.customers.create, {}, KEY)
        assert shop.control.arrived()["arrived"]
        with pytest.raises(stripe.APIError) as refused:  # the SDK has no class for 409
            shop.fake.client().v1.customers.create({}, KEY)
        shop.control.let_calls_go()
        assert first.result(timeout=20).id
    assert (refused.value.http_status, refused.value.error.code) == (409, "idempotency_key_in_use")


def test_a_post_without_a_key_of_its_own_can_be_made_an_error(shop: Shop):
    shop.control.settings(own_keys_only=True)
    with pytest.raises(stripe.InvalidRequestError, match="no Idempotency-Key of its own"):
        shop.v1.customers.create({})
    assert shop.v1.customers.create({}, KEY).id


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("429", stripe.RateLimitError),
        ("500", stripe.APIError),
        ("401", stripe.AuthenticationError),
        ("reset", stripe.APIConnectionError),
    ],
)
def test_trouble_before_the_effect_leaves_nothing(shop: Shop, kind: str, error: type[Exception]):
    shop.control.fault(kind=kind, path="/v1/customers")
    with pytest.raises(error):
        shop.v1.customers.create({}, KEY)
    assert made(shop.fake) == 0
    assert shop.v1.customers.create({}, KEY).id


@pytest.mark.parametrize("kind", ["500", "reset"])
def test_trouble_after_the_effect_is_mended_by_the_same_key(shop: Shop, kind: str):
    shop.control.fault(kind=kind, path="/v1/customers", when="after")
    with pytest.raises(stripe.StripeError):
        shop.v1.customers.create({}, KEY)
    assert made(shop.fake) == 1
    assert shop.v1.customers.create({}, KEY).id
    assert made(shop.fake) == 1


def test_a_call_can_be_left_without_an_answer(shop: Shop):
    shop.control.fault(kind="timeout", when="after", path="/v1/customers")
    with pytest.raises(stripe.APIConnectionError):
        shop.fake.client(timeout_s=0.2).v1.customers.create({}, KEY)
    assert made(shop.fake) == 1


def test_the_sdk_retries_by_itself_with_the_same_key(shop: Shop):
    shop.control.fault(kind="500", path="/v1/customers", when="after")
    client = shop.fake.client(retries=1)
    assert client.v1.customers.create({"email": "ada@example.com"}).email == "ada@example.com"
    assert made(shop.fake) == 1


def test_trouble_meets_only_the_calls_it_is_for(shop: Shop):
    shop.control.fault(kind="500", method="POST", path="/v1/refunds*")
    assert shop.v1.customers.create({}).id


def test_every_call_is_kept_to_be_looked_at(shop: Shop):
    shop.v1.customers.create({"email": "ada@example.com"}, KEY)
    seen = shop.control.calls()["data"][-1]
    assert (seen["method"], seen["path"], seen["key"]) == (
        "POST",
        "/v1/customers",
        KEY["idempotency_key"],
    )
    assert seen["sent"] == "email=ada%40example.com"


def test_many_callers_at_once_lose_nothing(shop: Shop):
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda _: shop.fake.client().v1.customers.create({}).id, range(40)))
    assert len(set(ids)) == made(shop.fake) == 40
