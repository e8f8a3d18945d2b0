"""Events and how they are sent: signed, repeated, shuffled, lost, forged."""

import json

import pytest
import stripe

from tests.fake_stripe.inbox import Inbox
from tests.fake_stripe.selling import DAY, Shop


@pytest.fixture
def secret(shop: Shop, inbox: Inbox) -> str:
    """The secret of an endpoint that wants everything."""
    return endpoint(shop, inbox).secret or ""


def endpoint(shop: Shop, inbox: Inbox, *names: str) -> stripe.WebhookEndpoint:
    return shop.v1.webhook_endpoints.create(
        {"url": inbox.url, "enabled_events": list(names) or ["*"]}
    )


def verified(taken: tuple[bytes, str], secret: str) -> stripe.Event:
    return stripe.Webhook.construct_event(*taken, secret)


def test_events_are_listed_by_type_and_tell_what_was_before(shop: Shop):
    customer = shop.v1.customers.create({"email": "ada@example.com"}, {"idempotency_key": "k"})
    shop.v1.customers.update(customer.id, {"email": "eve@example.com"})
    created, updated = (
        shop.v1.events.list({"type": name}).data[0]
        for name in ("customer.created", "customer.updated")
    )
    assert created.request.idempotency_key == "k"
    assert created.data.object["email"] == "ada@example.com"
    assert updated.data.previous_attributes.to_dict() == {"email": "ada@example.com"}
    assert shop.v1.events.retrieve(created.id).api_version == "2026-10-28.endive"
    wanted = shop.v1.events.list({"types": ["customer.updated", "product.*"]}).data
    assert [event.id for event in wanted] == [updated.id]


def test_an_endpoints_secret_is_given_once(shop: Shop, inbox: Inbox):
    made = endpoint(shop, inbox)
    assert str(made.secret).startswith("whsec_")
    with pytest.raises(AttributeError):
        shop.v1.webhook_endpoints.retrieve(made.id).secret  # noqa: B018


def test_an_endpoint_gets_what_it_wants_and_nothing_when_disabled(shop: Shop, inbox: Inbox):
    made = endpoint(shop, inbox, "product.created")
    shop.plan()
    shop.v1.webhook_endpoints.update(made.id, {"disabled": True})
    shop.plan()
    shop.control.deliver()
    assert inbox.types == ["product.created"]
    shop.v1.webhook_endpoints.delete(made.id)
    assert shop.v1.webhook_endpoints.list().data == []


def test_nothing_is_sent_until_a_test_says_so(shop: Shop, inbox: Inbox, secret: str):
    shop.customer(None)
    assert inbox.taken == []
    sent = shop.control.deliver()
    assert [each["status"] for each in sent["sent"]] == [200]
    assert verified(inbox.taken[0], secret).type == "customer.created"
    assert shop.v1.events.list().data[0].pending_webhooks == 0


def test_events_can_be_sent_as_they_happen(shop: Shop, inbox: Inbox, secret: str):
    shop.control.settings(deliver_at_once=True)
    shop.customer(None)
    shop.control.flush()
    assert inbox.types == ["customer.created"]


def test_who_is_sent_to_may_call_back_while_it_answers(shop: Shop, inbox: Inbox, secret: str):
    shop.control.settings(deliver_at_once=True)
    inbox.on_taken = shop.fake.client().v1.customers.list
    shop.subscribed(shop.plan())
    shop.control.flush()
    assert inbox.types == shop.events()


def test_what_is_not_taken_is_sent_again(shop: Shop, inbox: Inbox, secret: str):
    inbox.answers = [500, 302]
    shop.customer(None)
    assert [shop.control.deliver()["left"] for _ in range(3)] == [1, 1, 0]
    assert len({body for body, _ in inbox.taken}) == 1
    assert [each["status"] for each in shop.control.deliveries()["data"][0]["attempts"]] == [
        500,
        302,
        200,
    ]


def test_an_event_is_sent_several_times(shop: Shop, inbox: Inbox, secret: str):
    shop.customer(None)
    shop.control.deliver(times=3)
    assert len(inbox.taken) == 3


def test_the_queue_is_shuffled_the_same_way_by_the_same_seed(shop: Shop, inbox: Inbox, secret: str):
    shop.subscribed(shop.plan())
    made = shop.events()
    shuffled = shop.control.shuffle(seed=7)["queue"]
    shop.control.deliver()
    assert (sorted(shuffled), shuffled == made) == (sorted(made), False)
    assert inbox.types == shuffled


def test_an_event_is_held_back_and_let_go(shop: Shop, inbox: Inbox, secret: str):
    shop.plan()
    shop.control.hold(event="product.created")
    shop.control.deliver()
    assert inbox.types == ["price.created"]
    shop.control.let_go()
    shop.control.deliver()
    assert inbox.types == ["price.created", "product.created"]


def test_the_first_are_lost_and_tried_again(shop: Shop, inbox: Inbox, secret: str):
    shop.plan()
    shop.control.drop(count=1)
    assert [each["status"] for each in shop.control.deliver()["sent"]] == [0, 200]
    shop.control.deliver()
    assert inbox.types == ["price.created", "product.created"]


def test_an_old_body_is_sent_with_its_old_or_a_new_time(shop: Shop, inbox: Inbox, secret: str):
    shop.customer(None)
    shop.control.deliver()
    event = shop.v1.events.list().data[0].id
    shop.control.resend(event=event)
    assert verified(inbox.taken[-1], secret).id == event
    shop.control.resend(event=event, at="made")
    with pytest.raises(stripe.SignatureVerificationError, match="tolerance"):
        verified(inbox.taken[-1], secret)
    shop.control.resend(event=event, at=4_000_000_000)
    assert inbox.taken[-1][1].startswith("t=4000000000,")


def test_a_rolled_secret_signs_beside_the_old_one(shop: Shop, inbox: Inbox):
    made = endpoint(shop, inbox)
    new = shop.control.roll(endpoint=made.id)["secret"]
    shop.customer(None)
    shop.control.deliver()
    assert inbox.taken[0][1].count("v1=") == 2
    assert verified(inbox.taken[0], new).id == verified(inbox.taken[0], made.secret).id
    event = shop.v1.events.list().data[0].id
    shop.control.resend(event=event, secret="previous")
    assert verified(inbox.taken[1], made.secret).id == event
    with pytest.raises(stripe.SignatureVerificationError):
        verified(inbox.taken[1], new)
    newer = shop.control.roll(endpoint=made.id, keep=False)["secret"]
    shop.control.resend(event=event)
    assert verified(inbox.taken[2], newer).id == event
    assert inbox.taken[2][1].count("v1=") == 1


@pytest.mark.parametrize("how", ["wrong", "none"])
def test_an_event_is_forged(shop: Shop, inbox: Inbox, secret: str, how: str):
    shop.customer(None)
    shop.control.deliver(secret=how)
    with pytest.raises(stripe.SignatureVerificationError):
        verified(inbox.taken[0], secret)


def test_an_event_lies_about_its_mode_with_a_good_signature(shop: Shop, inbox: Inbox, secret: str):
    shop.customer(None)
    shop.control.deliver(livemode=True)
    assert verified(inbox.taken[0], secret).livemode is True


def test_an_endpoint_that_is_away_is_tried_again_later(shop: Shop, inbox: Inbox):
    shop.v1.webhook_endpoints.create({"url": "http://127.0.0.1:9/nobody", "enabled_events": ["*"]})
    shop.customer(None)
    sent = shop.control.deliver()
    assert (sent["sent"][0]["status"], sent["left"]) == (0, 1)


def test_a_bad_day_loses_nothing_in_the_end(shop: Shop, inbox: Inbox, secret: str):
    for number in range(4):
        shop.session(shop.pack(), metadata={"n": str(number)})
    shop.subscribed(shop.plan())
    shop.pass_days(60)
    made = {event.id for event in shop.v1.events.list({"limit": 100}).data}
    tally = shop.control.chaos(seed=3, duplicates=0.3, drops=0.2, forgeries=0.1)
    good, forged = [], 0
    for taken in inbox.taken:
        try:
            good.append(verified(taken, secret).id)
        except stripe.SignatureVerificationError:
            forged += 1
    assert set(good) == made
    assert (tally["left"], tally["sent"], tally["forged"]) == (0, len(good), forged)
    assert min(tally["duplicated"], tally["dropped"], tally["forged"]) > 0


def test_the_same_seed_makes_the_same_bad_day(shop: Shop, inbox: Inbox):
    days = []
    for _ in range(2):
        shop.control.reset(now=1_769_860_800)
        inbox.taken.clear()
        endpoint(shop, inbox)
        shop.subscribed(shop.plan())
        shop.control.chaos(seed=5)
        days.append([json.loads(body)["id"] for body, _ in inbox.taken])
    assert days[0] == days[1]


def test_what_falls_due_happens_in_its_order(shop: Shop):
    subscription = shop.subscribed(shop.plan(), trial_period_days=5)
    shop.control.advance(seconds=6 * DAY)
    found = list(shop.v1.events.list({"limit": 100}).auto_paging_iter())[::-1]
    moments = [event.created for event in found]
    assert moments == sorted(moments)
    assert shop.status(subscription) == "active"


def test_an_order_nobody_knows_is_refused(shop: Shop):
    with pytest.raises(AssertionError, match="No order is called dance"):
        shop.control.dance()
    with pytest.raises(AssertionError, match="TypeError"):
        shop.control.advance(parsecs=3)
