"""Tokens for money that came in, each payment once: packs by their page, plans by their invoice."""

from datetime import datetime
from fractions import Fraction
from math import floor
from typing import Any, NamedTuple

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.db import insert
from app.domain import ledger, periods, wallets
from app.domain.billing import catalog
from app.domain.billing.records import Checkout, Invoice, Line, Subscription
from app.domain.wallets import Wallet
from app.kit import ids
from app.models.billing import Purchase
from app.models.payments import Payment


class Period(NamedTuple):
    """What an invoice pays for."""

    start: datetime
    end: datetime


def pack(session: Session, wallet: Wallet, page: Checkout, now: datetime) -> None:
    """Give a pack that was paid for; nothing for a page that sells a plan or was not paid."""
    sold = catalog.sold(session, wallet.mode, page.price_id)
    if not page.paid or sold is None or sold.pack is None:
        return
    cause = f"checkout:{page.id}"
    tokens = floor(Fraction(sold.tokens * page.usd_micros, sold.usd_micros))
    if ledger.grant(
        session, wallet, "packs", tokens, cause=cause, now=now, usd_micros=page.usd_micros
    ):
        _note(
            session, wallet, cause, item=sold.item, bucket="packs", tokens=tokens,
            usd_micros=page.usd_micros, paid_at=now, period_start=None,
            invoice_id=page.invoice_id, provider_payment_id=page.payment_id,
        )  # fmt: skip


def allotment(
    session: Session, wallet: Wallet, invoice: Invoice, plan_of: Subscription | None, now: datetime
) -> None:
    """Give what a paid invoice of a plan includes, in the period it pays for.

    Tokens follow the money: a line at a part of the price brings that part of the allotment, and a
    credit takes its part off.
    """
    lines = [
        (line, sold)
        for line in invoice.lines
        if (sold := catalog.sold(session, wallet.mode, line.price_id)) and sold.plan
    ]
    if invoice.status != "paid" or not lines:
        return
    shares = (Fraction(sold.tokens * line.usd_micros, sold.usd_micros) for line, sold in lines)
    tokens = max(0, floor(sum(shares, Fraction(0))))
    newest, sold = max(lines, key=lambda each: (each[0].usd_micros, each[0].start))
    cause, paid_at = f"invoice:{invoice.id}", invoice.paid_at or invoice.made_at
    money = sum(line.usd_micros for line in invoice.lines)  # before tax
    facts: dict[str, Any] = {
        "item": sold.item, "tokens": tokens, "usd_micros": money, "paid_at": paid_at,
        "invoice_id": invoice.id, "provider_payment_id": invoice.payment_id,
    }  # fmt: skip
    if plan_of is not None and plan_of.ended_at is not None and paid_at >= plan_of.ended_at:
        # An open invoice outlives its plan. Whoever pays it then gets what they paid for, to keep.
        if ledger.grant(session, wallet, "packs", tokens, cause=cause, now=now, usd_micros=money):
            _note(session, wallet, cause, bucket="packs", period_start=None, **facts)
        return
    period = _period(session, wallet, newest, plan_of)
    landed = periods.allot(
        session, wallet, tokens, start=period.start, end=period.end, cause=cause, now=now,
        paid_at=paid_at, usd_micros=money,
    )  # fmt: skip
    if landed is not None:
        _note(session, wallet, cause, bucket="included", period_start=landed, **facts)


def completed(session: Session, page: Checkout, now: datetime, *, returned: bool) -> None:
    """Write down that a page was paid, or paid back at once, for whoever opened it.

    A credit may have paid it all: tokens come by the invoice, which says so by itself.
    """
    if page.paid or page.covered:
        when = Purchase.returned_at if returned else Purchase.paid_at
        its = Purchase.checkout_id == page.id, when.is_(None)
        session.execute(update(Purchase).where(*its).values({when: now}))


def _period(session: Session, wallet: Wallet, line: Line, plan_of: Subscription | None) -> Period:
    """A part of a period belongs to the whole one it lies in."""
    if not line.proration:
        return Period(line.start, line.end)
    kept = wallets.kept(wallets.locked(session, wallet))
    known = [(kept.period_start, kept.period_end)]
    if plan_of is not None:
        known.append((plan_of.start, plan_of.end))
    for start, end in known:
        if start is not None and end is not None and start <= line.start < end:
            return Period(start, end)
    return Period(line.start, line.end)


def _note(session: Session, wallet: Wallet, cause: str, **facts: object) -> None:
    session.execute(
        insert(session, Payment).values(
            id=ids.new("pay"), organization_id=wallet.organization_id, mode=wallet.mode,
            cause=cause, refunded_micros=0, reversed_tokens=0, frozen_tokens=0, **facts,
        )
    )  # fmt: skip
