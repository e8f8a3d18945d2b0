"""Notices: whose they are, how old, of which mode, and what they are about."""

import json
from datetime import timedelta

import pytest
import stripe
from structlog.testing import capture_logs

from app.adapters.stripe import StripeBiller, notices
from app.adapters.stripe.client import API_VERSION, Client
from app.adapters.stripe.setting_up import webhook
from app.domain.billing.biller import BadNotice
from app.domain.billing.records import Notice
from app.kit import clock
from tests.adapters.stripe.account import MODE, Account
from tests.fake_stripe.inbox import Inbox

SECRET, OLD = "whsec_new", "whsec_old"
SENT = 1_769_860_800
NOW = clock.from_milliseconds(SENT * 1000)


def body(kind="invoice.paid", thing=None, **facts):
    given = {
        "id": "evt_1", "object": "event", "type": kind, "created": SENT - 5, "livemode": False,
        "api_version": API_VERSION,
        "data": {"object": {"id": "in_1", "livemode": False} if thing is None else thing},
        **facts,
    }  # fmt: skip
    return json.dumps(given).encode()


def signed(sent, *secrets, at=SENT):
    headers = [
        stripe.WebhookSignature.generate_signature_header(sent.decode(), secret, at)
        for secret in secrets or (SECRET,)
    ]
    return ",".join([headers[0], *(header.partition(",")[2] for header in headers[1:])])


def read(sent, signature=None, *, mode=MODE, keys=(SECRET,), now=NOW):
    keyed = [(each, mode) if isinstance(each, str) else each for each in keys]
    biller = StripeBiller("sk_test_x", keyed, mode)
    return biller.read(sent, signed(sent) if signature is None else signature, now)


def test_a_notice_says_what_to_read_again():
    made = clock.from_milliseconds((SENT - 5) * 1000)
    assert read(body()) == Notice("evt_1", MODE, "invoice.paid", made, "invoice", "in_1")


@pytest.mark.parametrize(
    ("kind", "thing", "about"),
    [
        ("checkout.session.completed", {"id": "cs_1"}, ("checkout", "cs_1")),
        ("checkout.session.async_payment_failed", {"id": "cs_1"}, ("checkout", "cs_1")),
        ("invoice.payment_failed", {"id": "in_1"}, ("invoice", "in_1")),
        ("customer.subscription.updated", {"id": "sub_1"}, ("subscription", "sub_1")),
        ("charge.refunded", {"id": "ch_1", "payment_intent": "pi_1"}, ("payment", "pi_1")),
        ("charge.dispute.closed", {"id": "du_1", "payment_intent": "pi_1"}, ("payment", "pi_1")),
        ("charge.refund.updated", {"id": "re_1", "payment_intent": "pi_1"}, ("payment", "pi_1")),
        ("refund.failed", {"id": "re_1", "payment_intent": "pi_1"}, ("payment", "pi_1")),
        ("payment_intent.succeeded", {"id": "pi_1"}, (None, None)),
        ("customer.deleted", {"id": "cus_1"}, ("customer", "cus_1")),
        ("charge.refunded", {"id": "ch_1", "payment_intent": None}, (None, None)),
        ("invoice.upcoming", {"id": "upcoming_in_1"}, (None, None)),
        ("invoice.paid", {}, (None, None)),
        ("invoice_payment.paid", {"id": "inpay_1"}, (None, None)),
        ("invoiceitem.created", {"id": "ii_1"}, (None, None)),
        ("customer.updated", {"id": "cus_1"}, (None, None)),
        ("payment_intent.created", {"id": "pi_1"}, (None, None)),
        ("product.created", {"id": "prod_1"}, (None, None)),
    ],
)
def test_each_event_is_about_one_thing_or_nothing(kind, thing, about):
    assert read(body(kind, thing))[4:] == about


def test_an_endpoint_is_told_of_what_we_read_and_nothing_else():
    thing = {"id": "x_1", "payment_intent": "pi_1"}
    assert [kind for kind in notices.EVENTS if read(body(kind, thing)).subject is None] == []


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_a_notice_may_be_five_minutes_off(seconds):
    sent = body()
    assert read(sent, signed(sent, at=SENT + seconds)).id == "evt_1"


@pytest.mark.parametrize("seconds", [-301, 301, -86400, 3600])
def test_a_notice_is_refused_when_it_is_older_or_from_the_future(seconds):
    sent = body()
    with pytest.raises(BadNotice, match="300 seconds") as refused:
        read(sent, signed(sent, at=SENT + seconds))
    assert refused.value.notice is None


@pytest.mark.parametrize("secrets", [(SECRET,), (OLD,), (OLD, SECRET), ("whsec_other", OLD)])
def test_during_a_roll_either_secret_signs(secrets):
    sent = body()
    assert read(sent, signed(sent, *secrets), keys=(SECRET, OLD)).id == "evt_1"


def _without_scheme(sent):
    return signed(sent).replace("v1=", "v0=")


@pytest.mark.parametrize(
    "forge",
    [
        lambda sent: signed(sent, "whsec_other"),
        lambda sent: signed(sent, OLD),
        lambda sent: signed(sent + b" "),
        lambda sent: signed(sent).replace(f"t={SENT}", f"t={SENT + 1}"),
        _without_scheme,
        lambda sent: signed(sent)[:-1],
        lambda sent: f"t={SENT}",
        lambda sent: f"t={SENT},v1=",
        lambda sent: f"t={SENT},v1=\xe9",
        lambda sent: "t=,v1=x",
        lambda sent: "t=1e9,v1=x",
        lambda sent: f"t={'9' * 5000},v1=x",
        lambda sent: "v1=x",
        lambda sent: "",
        lambda sent: ",=,,",
    ],
)
def test_what_is_not_signed_by_stripe_is_refused_without_a_trace(forge):
    sent = body()
    with pytest.raises(BadNotice, match="signature") as refused:
        read(sent, forge(sent))
    assert refused.value.notice is None


def test_without_a_secret_nothing_is_believed():
    with pytest.raises(BadNotice):
        read(body(), keys=())


@pytest.mark.parametrize(
    "sent",
    [
        b"", b"{", b"\xff\xfe", b"[]", b"null", b'"x"', b"{}",
        body(id=1), body(type=None), body(created="x"), body(created=10**30), body(created=None),
        body(livemode="false"), body(data=None), body(data={"object": []}), body(thing={"id": 5}),
    ],
)  # fmt: skip
def test_a_signed_body_of_another_shape_is_refused(sent):
    header = stripe.WebhookSignature.generate_signature_header
    try:
        signature = header(sent.decode(), SECRET, SENT)
    except UnicodeDecodeError:
        signature = f"t={SENT},v1={notices._signature(SECRET, str(SENT), sent)}"
    with pytest.raises(BadNotice, match="cannot be read"):
        read(sent, signature)


@pytest.mark.parametrize(
    ("mode", "sent", "told"),
    [
        ("stripe_test", body(livemode=True), "stripe_live"),
        ("stripe_live", body(), "stripe_test"),
        ("stripe_test", body(thing={"id": "in_1", "livemode": True}), "stripe_test"),
        ("stripe_live", body(livemode=True), "stripe_live"),
        ("stripe_test", body(thing={"id": "in_1", "livemode": None}), "stripe_test"),
    ],
)
def test_a_notice_of_another_mode_is_refused_and_named(mode, sent, told):
    with pytest.raises(BadNotice, match="another payment mode") as refused:
        read(sent, mode=mode)
    assert (refused.value.notice.id, refused.value.notice.mode) == ("evt_1", told)


@pytest.mark.parametrize("mode", ["stripe_test", "stripe_live"])
def test_a_secret_of_the_other_mode_signs_nothing_of_ours(mode):
    """Whoever has the secret of the test account writes what they like into an event."""
    live = mode == "stripe_live"
    sent = body(livemode=live, thing={"id": "in_1", "livemode": live})
    others = "stripe_test" if live else "stripe_live"
    keys = ((SECRET, mode), (OLD, others))
    with pytest.raises(BadNotice, match="another payment mode") as refused:
        read(sent, signed(sent, OLD), mode=mode, keys=keys)
    assert refused.value.notice.id == "evt_1"  # so that it is written down
    assert read(sent, signed(sent, SECRET), mode=mode, keys=keys).id == "evt_1"


def test_a_live_notice_is_taken_by_a_live_installation():
    sent = body(livemode=True, thing={"id": "in_1", "livemode": True})
    assert read(sent, mode="stripe_live").mode == "stripe_live"


def test_a_notice_in_another_version_is_taken_for_its_ids_and_logged():
    with capture_logs() as logged:
        assert read(body(api_version="2024-06-20")).object_id == "in_1"
    assert "2024-06-20" in str(logged)


@pytest.fixture
def inbox():
    with Inbox() as server:
        yield server


@pytest.fixture
def told(account: Account, inbox: Inbox):
    """What the account posts, read by a biller that knows its secret."""
    client = Client(account.fake.key, MODE, api_base=account.fake.base)
    _, secret = webhook(client, inbox.url)
    biller = StripeBiller(account.fake.key, [("whsec_older", MODE), (str(secret), MODE)], MODE)
    return lambda: [biller.read(sent, signature, clock.now()) for sent, signature in inbox.taken]


def test_a_pack_is_told_of_by_the_page_and_its_invoice(account, told):
    page = account.bought("pack:small")
    account.control.deliver()
    about = {(each.kind, each.subject, each.object_id) for each in told()}
    assert ("checkout.session.completed", "checkout", page.id) in about
    assert ("invoice.paid", "invoice", page.invoice_id) in about


def test_a_refund_and_a_dispute_are_told_of_by_their_payment(account, told):
    page = account.bought("pack:small")
    charge = account.charge_of(str(page.payment_id))
    account.control.refund(charge=charge, amount=100)
    dispute = account.control.dispute(charge=charge)["id"]
    account.control.close_dispute(dispute=dispute, outcome="lost")
    account.control.deliver()
    payments = [each for each in told() if each.subject == "payment"]
    assert {each.object_id for each in payments} == {page.payment_id}
    assert [each.kind for each in payments] == [
        "refund.created",
        "charge.refunded",
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.closed",
    ]


@pytest.mark.parametrize("how", [{"secret": "wrong"}, {"secret": "none"}, {"livemode": True}])
def test_a_forged_delivery_is_refused(account, told, how):
    account.bought("pack:small")
    account.control.deliver(**how)
    with pytest.raises(BadNotice):
        told()


def test_a_rolled_secret_is_believed_beside_the_old_one(account, told):
    [endpoint] = account.v1.webhook_endpoints.list().data
    account.control.roll(endpoint=endpoint.id)
    account.bought("pack:small")
    account.control.deliver()
    assert told()


def test_an_old_delivery_comes_too_late(account, told):
    account.bought("pack:small")
    account.control.advance(seconds=60)
    account.control.deliver(at=int(clock.now().timestamp()) - 400)
    with pytest.raises(BadNotice, match="300 seconds"):
        told()


def test_the_moment_of_a_notice_is_when_stripe_made_it(account, told):
    account.bought("pack:small")
    account.control.deliver()
    assert abs(told()[0].made_at - account.now()) < timedelta(seconds=1)
