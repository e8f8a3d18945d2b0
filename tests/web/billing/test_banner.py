"""What every page says when a payment failed: to owners how to mend it, to others less."""

from datetime import timedelta

import pytest
from flask import render_template

from app.kit import clock
from app.web import billing_banner
from tests.web.member import said
from tests.web.queries import counted


class Shown:
    """The banner by itself, as a request of somebody's would show it."""

    def __init__(self, payer) -> None:
        cookie = "; ".join(
            f"{each}={payer.cookie(each)}" for each in ("polis", "polis_form") if payer.cookie(each)
        )
        with payer.polis.app.test_request_context(
            "/app/", headers={"Cookie": cookie}, base_url=payer.base
        ):
            payer.polis.app.preprocess_request()
            billing_banner.place.here()
            with counted(payer.polis.services.database) as seen:
                banner = billing_banner.facts()
            self.asked = len(seen)
            self.text = render_template("billing/banner.html", banner=banner)


def words(payer) -> str:
    return said(Shown(payer)).strip()


def test_without_trouble_there_is_none_and_one_question_was_asked(payer):
    assert words(payer) == ""
    payer.bought("plan:starter")
    shown = Shown(payer)
    assert (shown.text.strip(), shown.asked) == ("", 1)


@pytest.mark.parametrize(
    ("hours", "told"), [(1, "for 7 more days"), (6 * 24 + 1, "for 1 more day,")]
)
def test_an_owner_is_told_the_days_of_grace_and_pays_in_one_click(payer, hours, told):
    payer.account(
        status="past_due",
        failing_since=clock.now() - timedelta(hours=hours),
        open_invoice_id="in_1",
    )
    page = Shown(payer)
    assert "The last payment failed." in said(page)
    assert f"Included tokens and packs can be used {told}" in said(page)
    assert 'href="/app/billing/invoices/open">Pay invoice' in page.text


def test_others_are_told_less_and_have_no_button(payer):
    payer.account(status="past_due", failing_since=clock.now(), open_invoice_id="in_1")
    payer.becomes("member")
    page = Shown(payer)
    assert "An owner has 7 days to pay it; until then tests run." in said(page)
    assert "Pay invoice" not in page.text


def test_after_the_days_of_grace_it_says_what_has_ended(payer):
    payer.account(
        status="past_due", failing_since=clock.now() - timedelta(days=8), open_invoice_id="in_1"
    )
    assert "The days of grace are over: included tokens cannot be used, packs can." in words(payer)
    payer.becomes("member")
    assert "An owner has to pay it before included tokens can be used again." in words(payer)


def test_a_plan_that_stopped_is_said(payer):
    payer.account(status="unpaid", open_invoice_id="in_1")
    assert "The plan has stopped: its invoice was not paid." in words(payer)
    payer.becomes("admin")
    assert "An owner has to pay it." in words(payer)


def test_a_first_payment_that_is_not_finished_is_its_owners_matter(payer):
    payer.account(status="incomplete", open_invoice_id="in_1")
    assert "Finish payment" in words(payer)
    payer.becomes("admin")
    assert words(payer) == ""


@pytest.mark.parametrize(
    "path", ["/app/", "/app/runs", "/app/keys", "/app/start", "/app/organizations/new"]
)
def test_it_stands_on_every_page_of_somebody_signed_in(payer, path):
    failed = "The last payment failed."
    assert failed not in payer.shown(path)
    payer.account(status="past_due", failing_since=clock.now(), open_invoice_id="in_1")
    page = payer.shown(path)
    assert page.count(failed) == 1
    assert page.index('id="content"') < page.index(failed) < page.index("<h1")
    assert 'href="/app/billing/invoices/open">Pay invoice' in page
    assert failed not in payer.shown("/device")


def test_where_nothing_is_sold_nobody_is_asked(payer):
    payer.account(status="past_due", failing_since=clock.now())
    with payer.polis.taking("off") as other:
        shown = Shown(payer.where(other))
    assert (shown.text.strip(), shown.asked) == ("", 0)
