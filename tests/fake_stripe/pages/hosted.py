"""The hosted pages: Checkout, the portal, an invoice and its PDF."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.fake_stripe.ground.money import in_dollars
from tests.fake_stripe.ground.problems import Missing, Problem
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.pages.html import (
    alert,
    button,
    button_in,
    choice,
    field,
    form,
    link,
    page,
    text,
)
from tests.fake_stripe.things import cards, invoices, paying, visiting

CARDS = {
    token: f"{card[0]} …{card[1]} {card[2]}".strip() for token, card in cards.TEST_CARDS.items()
}
GOOD, BAD = "pm_card_visa", "pm_card_chargeDeclined"


@dataclass(frozen=True)
class Reply:
    """What a hosted page answers: a page, a way on, or a document."""

    status: int
    body: bytes = b""
    location: str = ""
    kind: str = "text/html; charset=utf-8"


def visit(state: State, method: str, path: str, sent: dict[str, str]) -> Reply | None:
    """The answer of a hosted page; None where the path is none."""
    if found := re.fullmatch(r"/i/(\w+)/pdf", path):
        return pdf(state, found[1])
    for pattern, shown, done in PAGES:
        if found := re.fullmatch(pattern, path):
            try:
                return _at(state, found[1], shown, done, sent if method == "POST" else None)
            except Missing as missing:
                return _html(404, page("Not found", text(str(missing))))
    return None


def _at(
    state: State, identifier: str, shown: Callable[..., str], done: Callable[..., str],
    sent: dict[str, str] | None,
) -> Reply:  # fmt: skip
    if sent is None:
        return _html(200, shown(state, identifier, ""))
    try:
        return Reply(303, location=done(state, identifier, sent))
    except Missing:
        raise
    except Problem as problem:
        return _html(problem.status, shown(state, identifier, str(problem)))


def _html(status: int, body: str) -> Reply:
    return Reply(status, body.encode())


def checkout(state: State, identifier: str, problem: str) -> str:
    """Checkout's page."""
    session = state.get("checkout.session", identifier)
    lines = [
        text(
            line["description"], "x", line["quantity"] or "usage", in_dollars(line["amount_total"])
        )
        for line in state.notes[identifier]["lines"]
    ]
    if session["status"] != "open":
        return page("Checkout", text(f"This Checkout Session is {session['status']}."), *lines)
    email = (
        ""
        if session["customer"]
        else field("email", "Email", session["customer_email"] or "", "email")
    )
    title = "Pay" if session["mode"] == "payment" else "Subscribe"
    return page(
        f"{title} {in_dollars(session['amount_total'])}", alert(problem), *lines,
        form(
            email, choice("card", "Card", CARDS), button_in("pay", title),
            button_in("decline", "Pay with a card that is declined"),
            button_in("later", "Pay from a bank account, which takes days"),
        ),
        link(session["cancel_url"], "Back") if session["cancel_url"] else "",
    )  # fmt: skip


def at_checkout(state: State, identifier: str, sent: dict[str, str]) -> str:
    """A button of Checkout was pressed."""
    session = state.get("checkout.session", identifier)
    action, email = sent.get("action", "pay"), sent.get("email", "")
    card = BAD if action == "decline" else sent.get("card", GOOD)
    paying.pay(state, session, card, email, slow=action == "later")
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", identifier)


def portal(state: State, identifier: str, problem: str) -> str:
    """The portal's page."""
    seen = state.get("billing_portal.session", identifier)
    may = visiting.features(state, seen)
    parts = [alert(problem)]
    for subscription in visiting.held(state, seen):
        parts += _subscription(state, seen, subscription)
    if may["payment_method_update"]["enabled"]:
        parts.append(form(choice("card", "Card", CARDS), button_in("card", "Use this card")))
    if may["invoice_history"]["enabled"]:
        parts += [
            link(each["hosted_invoice_url"], f"{each['number']} {in_dollars(each['total'])}")
            for each in state.all("invoice", customer=seen["customer"])
            if each["hosted_invoice_url"]
        ]
    back = link(seen["return_url"], "Back") if seen["return_url"] else ""
    return page("Billing", *parts, back)


def _subscription(state: State, seen: Thing, subscription: Thing) -> list[str]:
    identifier = subscription["id"]
    end = subscription["items"]["data"][0]["current_period_end"]
    parts = [text(identifier, subscription["status"], "until", _day(end))]
    if why := visiting.may_switch(state, seen, subscription):
        parts.append(text(why))
    else:
        offers = {each["id"]: _offer(state, each) for each in visiting.offered(state, seen)}
        parts.append(form(choice("price", "Plan", offers), button_in("switch", "Change plan"), subscription=identifier))  # fmt: skip
    if subscription["cancel_at_period_end"]:
        parts.append(button("resume", "Don't cancel", subscription=identifier))
    elif visiting.features(state, seen)["subscription_cancel"]["enabled"]:
        parts.append(button("cancel", "Cancel plan", subscription=identifier))
    return parts


def at_portal(state: State, identifier: str, sent: dict[str, str]) -> str:
    """A button of the portal was pressed."""
    seen, action = state.get("billing_portal.session", identifier), sent.get("action", "")
    subscription = sent.get("subscription", "")
    if action == "card":
        visiting.update_card(state, seen, sent.get("card", GOOD))
    elif action == "switch":
        visiting.switch(state, seen, subscription, sent.get("price", ""))
    elif action in {"cancel", "resume"}:
        {"cancel": visiting.cancel, "resume": visiting.resume}[action](state, seen, subscription)
    else:
        raise Problem(f"Nothing here is called {action}.")
    return f"{state.base}/p/session/{identifier}"


def invoice(state: State, identifier: str, problem: str) -> str:
    """An invoice's page."""
    seen = state.get("invoice", identifier)
    lines = [
        text(line["description"], in_dollars(line["amount"])) for line in seen["lines"]["data"]
    ]
    pay = form(choice("card", "Card", CARDS), button_in("pay", "Pay"))
    return page(
        f"Invoice {seen['number']}", alert(problem), text(seen["status"], in_dollars(seen["total"])),
        *lines, pay if seen["status"] == "open" else "",
        link(seen["invoice_pdf"], "Download PDF") if seen["invoice_pdf"] else "",
    )  # fmt: skip


def at_invoice(state: State, identifier: str, sent: dict[str, str]) -> str:
    """An invoice's button was pressed."""
    invoices.pay(state, {"payment_method": sent.get("card", GOOD)}, identifier)
    return f"{state.base}/i/{identifier}"


def pdf(state: State, identifier: str) -> Reply:
    """An invoice to keep."""
    number = state.get("invoice", identifier)["number"]
    return Reply(200, f"%PDF-1.4\n% Invoice {number}\n%%EOF\n".encode(), kind="application/pdf")


def _offer(state: State, price: Thing) -> str:
    return (
        f"{state.get('product', price['product'])['name']} {in_dollars(price['unit_amount'] or 0)}"
    )


def _day(moment: int) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%-d %b %Y}"


PAGES: tuple[tuple[str, Callable[..., str], Callable[..., str]], ...] = (
    (r"/c/pay/(\w+)", checkout, at_checkout),
    (r"/p/session/(\w+)", portal, at_portal),
    (r"/i/(\w+)", invoice, at_invoice),
)
