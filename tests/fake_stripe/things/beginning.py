"""How a subscription begins: its first period, a trial or a first invoice, and whether that is paid."""

from tests.fake_stripe.ground.clock import DAY, HOUR, plan
from tests.fake_stripe.ground.events import changing, tell
from tests.fake_stripe.ground.fields import a_list
from tests.fake_stripe.ground.periods import period_at
from tests.fake_stripe.ground.problems import Malformed
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.things import cards, collecting, invoicing, items, payments
from tests.fake_stripe.things.lines import item_line, name_of

TIME_FOR_A_FIRST_PAYMENT = 23 * HOUR


def begin(state: State, params: Thing, *, slow: bool = False) -> Thing:
    """A new subscription with its first invoice; `slow` leaves a bank payment on its way."""
    customer = state.get("customer", params["customer"], "customer")
    behavior = params.get("payment_behavior", "allow_incomplete")
    trial_end = trial_of(state, params)
    subscription = _made(state, params, trial_end)
    card = cards.default_of(state, customer["id"], subscription)
    ahead = items.advance_lines(state, subscription["items"]["data"], _period(subscription))
    if not trial_end and sum(line["amount"] for line in ahead):
        _check_card(state, subscription, card, behavior)
    lines = ahead if not trial_end else _trial_lines(state, subscription)
    tell(state, "customer.subscription.created", subscription)
    plan(state, _period(subscription)[1], "subscription", subscription["id"])
    if not lines:  # nothing but meters: no empty invoice. docs, billing-mode/compare
        _paid_by_nothing(state, subscription)
        return subscription
    invoice = invoicing.draft(
        state, customer["id"], lines, "subscription_create", subscription, auto_advance=False
    )
    subscription["latest_invoice"] = invoice["id"]
    invoicing.finalize(state, invoice)
    _first_payment(state, subscription, invoice, card, slow=slow, behavior=behavior)
    return subscription


def trial_of(state: State, params: Thing) -> int | None:
    """When the trial ends, if there is one."""
    end, days = params.get("trial_end"), params.get("trial_period_days")
    if end is not None and days is not None:
        raise Malformed(
            "You may only pass one of trial_end and trial_period_days.", param="trial_end"
        )
    if days is not None:
        return int(state.now + days * DAY)
    return None if end in {None, "now"} else int(end)


def _made(state: State, params: Thing, trial_end: int | None) -> Thing:
    if not params.get("items"):
        raise Malformed("Missing required param: items.", param="items", code="parameter_missing")
    priced = [items.sold(state, each, f"items[{at}]") for at, each in enumerate(params["items"])]
    period = (state.now, trial_end or period_at(state.now, *items.rhythm(priced[0]), state.now)[1])
    subscription = state.make("subscription", "sub", **_facts(state, params, trial_end))
    made = [
        items.make(state, subscription["id"], each, period, f"items[{at}]")
        for at, each in enumerate(params["items"])
    ]
    items.check_together(made)
    url = f"/v1/subscription_items?subscription={subscription['id']}"
    subscription |= {"items": a_list(url, made), "currency": made[0]["price"]["currency"]}
    if params.get("cancel_at_period_end"):
        subscription |= {"cancel_at": period[1], "canceled_at": state.now}
    if trial_end:
        plan(state, max(state.now, trial_end - 3 * DAY), "trial_will_end", subscription["id"])
    return subscription


def _facts(state: State, params: Thing, trial_end: int | None) -> Thing:
    behaviour = (params.get("trial_settings") or {}).get("end_behavior", {})
    card = params.get("default_payment_method")
    if card:
        state.get("payment_method", card, "default_payment_method")
    return {
        "automatic_tax": {"disabled_reason": None, "enabled": False, "liability": None},
        "billing_cycle_anchor": trial_end or state.now, "customer": params["customer"],
        "billing_mode": {"type": "flexible", "flexible": {"proration_discounts": "included"}, "updated_at": None},
        "cancel_at_period_end": params.get("cancel_at_period_end", False),
        "cancellation_details": {"comment": None, "feedback": None, "feedback_option": None, "reason": None},
        "collection_method": "charge_automatically", "default_payment_method": card,
        "default_tax_rates": [], "description": params.get("description"), "start_date": state.now,
        "invoice_settings": {"account_tax_ids": None, "custom_fields": None, "description": None,
                             "footer": None, "issuer": {"account": None, "type": "self"}},
        "metadata": params.get("metadata") or {},
        "payment_settings": {"payment_method_options": None, "payment_method_types": None,
                             "save_default_payment_method": "off"},
        "status": "trialing" if trial_end else "incomplete",
        "trial_start": state.now if trial_end else None, "trial_end": trial_end,
        "trial_settings": {"end_behavior": {"billing_cycle_anchor": None, "missing_payment_method": behaviour.get("missing_payment_method", "create_invoice")}},
    }  # fmt: skip


def _check_card(state: State, subscription: Thing, card: str, behavior: str) -> None:
    """Refuse before anything is kept, where Stripe would."""
    refused: Exception | None = None
    if not card and behavior in {"allow_incomplete", "error_if_incomplete"}:
        refused = Malformed(
            "This customer has no attached payment source or default payment method. Please "
            "consider adding a default payment method.", code="resource_missing",
        )  # fmt: skip
    elif behavior == "error_if_incomplete":
        code = cards.declines(state, card, subscription["customer"])
        refused = payments.refusal(state, card, code) if code else None
    if refused:
        del state.things["subscription"][subscription["id"]]
        for item in subscription["items"]["data"]:
            del state.things["subscription_item"][item["id"]]
        raise refused


def _first_payment(
    state: State, subscription: Thing, invoice: Thing, card: str, *, slow: bool, behavior: str
) -> None:
    due = invoice["amount_due"]
    if due and subscription["status"] == "incomplete":
        plan(state, state.now + TIME_FOR_A_FIRST_PAYMENT, "incomplete", subscription["id"])
    if due and slow:
        payments.begin_slow(state, collecting.intent_of(state, invoice), card)
        with changing(state, "customer.subscription.updated", subscription):
            subscription["status"] = "active"
    elif not due or (behavior != "default_incomplete" and card):
        collecting.collect(state, invoice, card, by_itself=False)


def _trial_lines(state: State, subscription: Thing) -> list[Thing]:
    return [
        item_line(
            state, item, _period(subscription), amount=0,
            description=f"Trial period for {name_of(state, item['price'])}",
        )
        for item in subscription["items"]["data"]
        if not items.is_metered(item["price"])
    ]  # fmt: skip


def _period(subscription: Thing) -> tuple[int, int]:
    first = subscription["items"]["data"][0]
    return first["current_period_start"], first["current_period_end"]


def _paid_by_nothing(state: State, subscription: Thing) -> None:
    if subscription["status"] == "incomplete":
        with changing(state, "customer.subscription.updated", subscription):
            subscription["status"] = "active"


def _paid(state: State, invoice: Thing) -> None:
    """A paid invoice brings its subscription to life, or back to it."""
    subscription = collecting.subscription_of(state, invoice)
    waiting = subscription and subscription["status"] in {"incomplete", "past_due", "unpaid"}
    if subscription and waiting and subscription["latest_invoice"] == invoice["id"]:
        with changing(state, "customer.subscription.updated", subscription):
            subscription["status"] = "active"


def _unpaid(state: State, invoice: Thing) -> None:
    subscription = collecting.subscription_of(state, invoice)
    if subscription and subscription["status"] == "active" and not subscription["pending_update"]:
        with changing(state, "customer.subscription.updated", subscription):
            subscription["status"] = "past_due"
        state.get("customer", invoice["customer"])["delinquent"] = True


collecting.WHEN_PAID.append(_paid)
collecting.WHEN_FAILED.append(_unpaid)
