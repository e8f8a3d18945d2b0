"""Invoices and receipts, as the provider has them; without it, what our own books know."""

from datetime import datetime
from typing import NamedTuple

from flask import redirect
from flask.typing import ResponseReturnValue

from app.domain.billing import bought, subscribed
from app.domain.billing.biller import BillerAway, NoSuchObject
from app.domain.billing.bought import Bought
from app.domain.billing.causes import item_title
from app.domain.billing.records import Invoice
from app.domain.billing.subscribed import Subscribed
from app.domain.rights import Right
from app.web import place
from app.web.billing import blueprint, desk, overview
from app.web.services import services

LIST = f"{desk.PAGE}/invoices"


class Row(NamedTuple):
    """One invoice, or a payment that has none."""

    name: str
    what: str
    at: datetime
    usd_micros: int
    status: str
    address: str
    pdf: str | None = None


@blueprint.get(LIST)
@place.require(Right.BILLING)
def invoices() -> ResponseReturnValue:
    """All of them, newest first; the provider is asked, and said to be away where it is."""
    account, paid = _known()
    known, away = {each.invoice_id: each for each in paid if each.invoice_id}, False
    try:
        theirs = services().biller().invoices(account.customer_id) if account.customer_id else ()
    except (BillerAway, NoSuchObject):
        theirs, away = (), True
    rows = [_row(each, known.get(each.id)) for each in theirs if each.status != "draft"]
    listed = {each.id for each in theirs}
    rows += [_own_row(each) for each in paid if each.invoice_id not in listed]
    rows.sort(key=lambda row: row.at, reverse=True)
    return place.page("billing/invoices.html", rows=rows, away=away, mode=desk.mode())


@blueprint.get(f"{LIST}/<payment_id>")
@place.require(Right.BILLING)
def invoice(payment_id: str) -> ResponseReturnValue:
    """On to an invoice at the provider, read again; where it shows none, our own receipt."""
    with services().database.reading() as session:
        it = bought.one(session, place.here().organization.id, desk.mode(), payment_id)
    found, away = None, False
    if it.invoice_id is not None:
        try:
            found = services().biller().invoice(it.invoice_id)
        except (BillerAway, NoSuchObject):
            away = True
    if found is not None and found.url is not None:
        return redirect(found.url, 303)
    title = item_title(it.item)
    return place.page(
        "billing/receipt.html", it=it, title=title, found=found, away=away, mode=desk.mode()
    )


@blueprint.get(f"{LIST}/open")
@place.require(Right.BILLING)
def pay() -> ResponseReturnValue:
    """On to the invoice that has to be paid."""
    account, _ = _known()
    if account.open_invoice_id is None:
        return redirect(desk.PAGE, 303)
    try:
        found = services().biller().invoice(account.open_invoice_id)
    except (BillerAway, NoSuchObject) as refusal:
        return overview.page(refused=desk.refused(refusal))
    return redirect(found.url or LIST, 303)


@blueprint.post(f"{desk.PAGE}/portal")
@place.require(Right.BILLING)
def portal() -> ResponseReturnValue:
    """On to the provider's own page of cards and addresses."""
    its, (account, _) = services(), _known()
    if account.customer_id is None:
        return redirect(desk.PAGE, 303)
    try:
        there = its.biller().portal(account.customer_id, its.links.page(desk.PAGE))
    except (BillerAway, NoSuchObject) as refusal:
        return overview.page(refused=desk.refused(refusal))
    return redirect(there, 303)


def _known() -> tuple[Subscribed, list[Bought]]:
    whose = place.here().organization.id
    with services().database.reading() as session:
        account = subscribed.of(session, whose, desk.mode())
        return account, bought.listed(session, whose, desk.mode())


def _row(it: Invoice, kept: Bought | None) -> Row:
    """The provider's; those we know lead through us, so that they are read again."""
    what = item_title(kept.item) if kept else "Subscription"
    address = f"{LIST}/{kept.id}" if kept else it.url or ""
    name = it.number or "Invoice"
    return Row(name, what, it.made_at, it.usd_micros, it.status, address, it.pdf_url)


def _own_row(it: Bought) -> Row:
    address = f"{LIST}/{it.id}"
    return Row("Receipt", item_title(it.item), it.paid_at, it.usd_micros, "paid", address)
