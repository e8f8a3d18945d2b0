"""Where the payment provider's notices arrive, as the simulated one signs them."""

from datetime import timedelta

import pytest

from app.domain.billing.simulated import notices
from app.kit import clock, ids
from app.models.payments import PaymentEvent
from tests.tools.installation import polis, standing

__all__ = ["polis", "standing"]

PATH = "/webhooks/stripe"
ALTERED, STALE, WHOLE = "altered", "stale", "whole"


def told(polis, how):
    """Post a notice of a payment page nobody knows; gives its id and what was answered."""
    now = clock.now() - timedelta(seconds=301 if how == STALE else 0)
    payload = {
        "id": ids.new("evt"), "mode": "simulated", "kind": "checkout.session.completed",
        "made_at": clock.milliseconds(now), "subject": "checkout", "object_id": "cs_unknown",
    }  # fmt: skip
    body, signature = notices.signed(payload, polis.services.links.keys, now)
    sent = body.replace(b"cs_unknown", b"cs_another") if how == ALTERED else body
    answer = polis.app.test_client().post(
        PATH, data=sent, headers={"Stripe-Signature": signature}, base_url="http://127.0.0.1:8000"
    )
    return payload["id"], answer


def kept(polis, notice_id):
    with polis.services.database.reading() as session:
        return session.get(PaymentEvent, notice_id)


def test_a_simulated_notice_is_taken_at_the_same_address_and_applied_by_a_worker(polis):
    notice_id, answer = told(polis, WHOLE)
    assert answer.status_code == 200
    assert kept(polis, notice_id).state == "taken"
    polis.work_off()
    assert kept(polis, notice_id).state == "ignored"


@pytest.mark.parametrize("how", [ALTERED, STALE])
def test_one_that_is_not_ours_or_too_old_is_refused(polis, how):
    notice_id, answer = told(polis, how)
    assert answer.status_code == 400
    assert kept(polis, notice_id) is None


def test_where_stripe_sells_the_simulated_secret_opens_nothing(polis):
    with polis.taking("stripe") as other:
        _, answer = told(other, WHOLE)
    assert answer.status_code == 400
