"""What the simulated biller tells of: signed, told after its cause is committed, and never lost."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import outbox
from app.domain.billing.biller import BadNotice
from app.domain.billing.simulated import notices
from app.models.work import Work
from tests.domain.billing.shop import BASE, KEYS, START, Shop


@pytest.fixture
def shop(ledgers):
    return Shop(ledgers)


@pytest.fixture
def arrived(shop):
    """A notice as it came in: body, signature, when."""
    shop.buy("pack:small")
    return shop.inbox[0]


def refused(shop, body, signature, now=START):
    with pytest.raises(BadNotice) as found:
        shop.biller.read(body, signature, now)
    return found.value.notice


def payload(**more):
    facts = {"id": "evt_1", "mode": "simulated", "kind": "invoice.paid", "made_at": 1}
    return facts | {"subject": "invoice", "object_id": "in_1"} | more


def test_a_notice_of_ours_is_read(shop, arrived):
    told = shop.biller.read(*arrived)
    assert (told.kind, told.subject, told.made_at) == ("invoice.paid", "invoice", START)
    assert told.object_id == shop.biller.invoices(shop.customer)[0].id


def test_no_altered_body_and_no_other_signature_counts(shop, arrived):
    body, signature, _ = arrived
    moment, mac = signature.split(",")
    for other in (body + b" ", body.replace(b"invoice.paid", b"invoice.void"), b"", b"\xff"):
        assert refused(shop, other, signature) is None
    for other in (
        "", ",", "x", moment, mac, f"{moment},v1=", f"{moment},v0={mac[3:]}", f"t=,{mac}",
        f"t=x,{mac}", f"t=\u00b2,{mac}", f"t={'9' * 5000},{mac}", f"{moment}1,{mac}", f"t=-1,{mac}",
        f"{moment},{mac[:-1]}", f"{moment},{mac}0", f"{moment},{mac.upper()}", f"{moment},v1=\u00e9",
    ):  # fmt: skip
        assert refused(shop, body, other) is None


def test_one_of_several_signatures_is_enough(shop, arrived):
    body, signature, _ = arrived
    moment, mac = signature.split(",")
    assert shop.biller.read(body, f"v1=00,{moment},v1=ff,{mac},v0=1", START).kind == "invoice.paid"


def test_five_minutes_before_and_after_and_no_more(shop, arrived):
    body, signature, _ = arrived
    for seconds in (-300, 300):
        assert shop.biller.read(body, signature, START + timedelta(seconds=seconds))
    for seconds in (-301, 301):
        refused(shop, body, signature, START + timedelta(seconds=seconds))


def test_a_rolled_secret_verifies_and_the_first_one_signs(shop, arrived):
    body, signature, _ = arrived
    rolled = Shop(shop.database, ("a newer secret", *KEYS))
    assert rolled.biller.read(body, signature, START)
    rolled.buy("pack:small")
    refused(shop, *rolled.inbox[0])
    refused(Shop(shop.database, ("a newer secret",)), body, signature)


def test_another_mode_is_refused_and_said_to_be_ours(shop):
    for mode in ("stripe_live", "stripe_test", "off", ""):
        body, signature = notices.signed(payload(mode=mode), KEYS, START)
        notice = refused(shop, body, signature)
        assert (notice.id, notice.mode, notice.kind) == ("evt_1", mode, "invoice.paid")


def test_what_is_signed_and_no_notice_is_refused(shop):
    whole = payload()
    for broken in ([], "x", None, {**whole, "made_at": "x"}, {"id": "evt_1"}):
        assert refused(shop, *notices.signed(broken, KEYS, START)) is None


def test_it_is_told_after_the_commit(shop):
    stands = []
    page = shop.open("plan:pro")
    watching = Shop(shop.database)
    watching.biller._changes._deliver = lambda *_: stands.append(
        shop.biller.checkout(page.id).status
    )
    with shop.then():
        watching.biller.pay(page.id, START)
    assert stands == ["complete"] * 3


def test_what_could_not_be_told_is_told_by_a_worker_under_the_same_id(shop):
    page, told = shop.open("pack:small"), []

    def broken(body, _signature):
        told.append(json.loads(body)["id"])
        raise ConnectionError

    dying = Shop(shop.database)
    dying.biller._changes._deliver = broken
    with shop.then(), pytest.raises(ConnectionError):
        dying.biller.pay(page.id, START)
    assert shop.biller.checkout(page.id).paid
    with shop.database.reading() as session:
        kept = session.scalars(
            select(Work).where(Work.kind == notices.WORK, Work.ended_at.is_(None)).order_by(Work.id)
        ).all()
        due = {each.work_id for each in outbox.due(session, START + timedelta(seconds=31))}
        assert due >= {row.id for row in kept}
    mine = [
        row for row in kept if row.payload["object_id"] in {page.id, f"in_{shop.customer}_000001"}
    ]
    assert len(mine) == 2
    with shop.then(seconds=31) as biller:
        for row in mine:
            biller.hand_over(row.payload)
    again = shop.notices()
    assert {each.kind for each in again} == {"invoice.paid", "checkout.session.completed"}
    assert told[0] in {each.id for each in again}


def test_what_was_told_leaves_no_work(shop):
    page = shop.buy("plan:pro")
    with shop.database.reading() as session:
        rows = session.scalars(select(Work).where(Work.kind == notices.WORK)).all()
    mine = [row for row in rows if row.payload["object_id"] in {page.id, page.subscription_id}]
    assert len(mine) == 2
    assert all(row.ended_at for row in mine)


def test_no_secret_stands_in_what_is_kept(shop):
    page = shop.open("pack:small")
    with shop.database.reading() as session:
        work = session.scalars(select(Work.payload).where(Work.kind == notices.WORK)).all()
    assert not any(key in json.dumps(work) for key in (*KEYS, BASE))
    assert page.url.startswith(BASE)
