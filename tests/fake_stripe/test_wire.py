"""The wire: keys, versions, form encoding, refusals, pages of lists, expansion."""

import urllib.error
import urllib.request

import pytest
import stripe

from tests.fake_stripe.process import FakeStripe
from tests.fake_stripe.selling import Shop


@pytest.mark.parametrize("key", ["sk_live_fakefakefake", "pk_test_fakefakefake", "nonsense"])
def test_a_key_of_another_kind_or_mode_is_refused(fake: FakeStripe, key: str):
    with pytest.raises(stripe.AuthenticationError, match="Invalid API Key provided"):
        fake.client(key).v1.customers.list()


def test_a_restricted_key_of_the_mode_is_taken(fake: FakeStripe):
    assert fake.client("rk_test_fakefakefake").v1.customers.list().data == []


def test_a_request_without_a_key_is_refused(fake: FakeStripe):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{fake.base}/v1/customers")
    with refused.value:
        assert refused.value.code == 401


def test_another_version_than_the_sdks_is_refused(fake: FakeStripe):
    with pytest.raises(stripe.InvalidRequestError, match="Invalid Stripe API version"):
        fake.client(stripe_version="2024-06-20").v1.customers.list()


def test_an_unknown_parameter_is_named(shop: Shop):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        shop.v1.customers.create({"emial": "ada@example.com"})
    assert (refused.value.code, refused.value.param) == ("parameter_unknown", "emial")


def test_an_unknown_parameter_is_named_however_deep(shop: Shop):
    items = [{"price": "price_x", "amount": 5}]
    with pytest.raises(stripe.InvalidRequestError) as refused:
        shop.v1.subscriptions.create({"customer": "cus_x", "items": items})
    assert refused.value.param == "items[0][amount]"


def test_a_missing_parameter_is_named(shop: Shop):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        shop.v1.products.create({})
    assert (refused.value.code, refused.value.param) == ("parameter_missing", "name")


def test_a_value_outside_its_list_is_refused_with_the_list(shop: Shop):
    with pytest.raises(stripe.InvalidRequestError, match="must be one of payment, setup or sub"):
        shop.session(shop.pack(), mode="gift")


def test_an_amount_that_is_no_integer_is_refused(shop: Shop):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        shop.v1.prices.create({"product": "p", "currency": "usd", "unit_amount": 19.99})
    assert refused.value.code == "parameter_invalid_integer"


def test_an_unknown_event_name_is_refused(shop: Shop):
    with pytest.raises(stripe.InvalidRequestError, match="Invalid enabled_events"):
        shop.v1.webhook_endpoints.create(
            {"url": "http://x.test", "enabled_events": ["invoice.payed"]}
        )


def test_what_stripe_knows_and_this_process_does_not_play_is_loud(shop: Shop):
    with pytest.raises(stripe.APIError) as refused:
        shop.v1.customers.create({"tax": {"validate_location": "deferred"}})
    assert (refused.value.http_status, refused.value.error.code) == (501, "fake_does_not_play")


def test_an_unknown_id_is_404_and_400_where_a_parameter_names_it(shop: Shop):
    with pytest.raises(stripe.InvalidRequestError, match="No such customer: 'cus_x'") as gone:
        shop.v1.customers.retrieve("cus_x")
    assert (gone.value.http_status, gone.value.code) == (404, "resource_missing")
    with pytest.raises(stripe.InvalidRequestError) as named:
        shop.v1.billing_portal.sessions.create({"customer": "cus_x"})
    assert (named.value.http_status, named.value.param) == (400, "customer")


def test_an_unknown_url_is_404(fake: FakeStripe):
    with pytest.raises(stripe.InvalidRequestError, match="Unrecognized request URL") as refused:
        fake.client().v1.coupons.list()
    assert refused.value.http_status == 404


def test_an_error_carries_its_request_id(shop: Shop):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        shop.v1.customers.retrieve("cus_x")
    assert str(refused.value.request_id).startswith("req_")


def test_a_list_is_paged_newest_first(shop: Shop):
    made = [shop.v1.customers.create({}).id for _ in range(5)][::-1]
    first = shop.v1.customers.list({"limit": 2})
    assert ([each.id for each in first.data], first.has_more) == (made[:2], True)
    after = shop.v1.customers.list({"limit": 2, "starting_after": made[3]})
    assert ([each.id for each in after.data], after.has_more) == (made[4:], False)
    before = shop.v1.customers.list({"limit": 2, "ending_before": made[3]})
    assert ([each.id for each in before.data], before.has_more) == (made[1:3], True)


def test_the_sdk_walks_all_pages(shop: Shop):
    made = [shop.v1.customers.create({}).id for _ in range(5)][::-1]
    walked = shop.v1.customers.list({"limit": 2}).auto_paging_iter()
    assert [each.id for each in walked] == made


def test_a_page_is_at_most_a_hundred_long(shop: Shop):
    with pytest.raises(stripe.InvalidRequestError, match="between 1 and 100"):
        shop.v1.customers.list({"limit": 101})


def test_a_list_keeps_to_a_time(shop: Shop):
    early = shop.v1.customers.create({})
    shop.pass_days(1)
    late = shop.v1.customers.create({})
    newer = shop.v1.customers.list({"created": {"gt": early.created}})
    assert [each.id for each in newer.data] == [late.id]


def test_an_id_is_expanded_where_it_is_asked_for(shop: Shop):
    subscription = shop.subscribed(
        shop.plan(), expand=["latest_invoice.payments.data.payment", "customer"]
    )
    assert subscription.customer.email == "ada@example.com"
    assert subscription.latest_invoice.payments.data[0].status == "paid"


def test_an_expansion_within_a_list(shop: Shop):
    shop.subscribed(shop.plan())
    found = shop.v1.invoices.list({"expand": ["data.customer"]})
    assert found.data[0].customer.email == "ada@example.com"


def test_a_field_that_cannot_be_expanded_is_refused(shop: Shop):
    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded"):
        shop.v1.customers.create({"expand": ["cards"]})
    with pytest.raises(stripe.InvalidRequestError, match="more than 4 levels"):
        shop.v1.customers.create({"expand": ["a.b.c.d.e"]})


def test_metadata_is_merged_and_an_empty_value_removes(shop: Shop):
    customer = shop.v1.customers.create({"metadata": {"org": "1", "plan": "pro"}})
    changed = shop.v1.customers.update(customer.id, {"metadata": {"plan": "", "seat": "2"}})
    assert changed.metadata.to_dict() == {"org": "1", "seat": "2"}


def test_a_live_account_takes_live_keys_and_says_so():
    with FakeStripe(live=True) as live:
        customer = live.client().v1.customers.create({})
        assert customer.livemode is True
        with pytest.raises(stripe.AuthenticationError):
            live.client("sk_test_fakefakefake").v1.customers.list()


def test_the_same_course_of_events_gives_the_same_digest(fake: FakeStripe):
    digests = []
    for seed in ("one", "one", "two"):
        fake.control.reset(now=1_769_860_800, seed=seed)
        Shop(fake).subscribed(Shop(fake).plan())
        digests.append(fake.control.digest()["digest"])
    assert digests[0] == digests[1] != digests[2]
