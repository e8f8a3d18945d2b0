"""`create_preview`: the invoice that would come, with a change or without; nothing is kept."""

from copy import deepcopy

from stripe.params import InvoiceCreatePreviewParams

from tests.fake_stripe.ground.periods import period_at
from tests.fake_stripe.ground.problems import Malformed, NotPlayed
from tests.fake_stripe.ground.shapes import blank
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.things import beginning, invoicing, items, switching
from tests.fake_stripe.things.lines import line_from
from tests.fake_stripe.wire.routing import play

OF_A_CHANGE = {
    "items", "proration_behavior", "proration_date", "cancel_at_period_end", "metadata", "trial_end",
}  # fmt: skip


@play(
    "POST", "/v1/invoices/create_preview", InvoiceCreatePreviewParams,
    "customer subscription subscription_details preview_mode",
)  # fmt: skip
def preview(state: State, params: Thing) -> Thing:
    """Played on a copy of the account, which is then forgotten."""
    details = params.get("subscription_details", {})
    for name in sorted(set(details) - OF_A_CHANGE):
        raise NotPlayed(f"subscription_details[{name}] is not played here.", param=name)
    aside = _copy(state)
    if "subscription" in params:
        return _of_subscription(aside, params, details)
    if "customer" not in params or "items" not in details:
        raise Malformed("You must pass `subscription`, or `customer` with items.", param="customer")
    return _of_new(aside, params["customer"], details)


def _of_subscription(state: State, params: Thing, details: Thing) -> Thing:
    subscription = state.get("subscription", params["subscription"], "subscription")
    held = subscription["items"]["data"]
    lines: list[Thing] = []
    if "items" in details:
        after = switching.wanted(state, subscription, details["items"])
        lines = switching.difference(state, subscription, held, after, details)
        switching.apply(state, subscription, after)
        if details.get("proration_behavior") == "always_invoice":
            return _invoice(state, subscription, lines, "subscription_update")
    moment = subscription["items"]["data"][0]["current_period_end"]
    goes_on = not (subscription["cancel_at_period_end"] or details.get("cancel_at_period_end"))
    return _invoice(
        state, subscription, lines + _next(state, subscription, moment, goes_on=goes_on)
    )


def _next(state: State, subscription: Thing, moment: int, *, goes_on: bool) -> list[Thing]:
    held = subscription["items"]["data"]
    rhythm = items.rhythm(held[0]["price"])
    period = period_at(subscription["billing_cycle_anchor"], *rhythm, moment)
    ahead = items.advance_lines(state, held, period) if goes_on else []
    return ahead + items.usage_lines(state, subscription["customer"], held, moment)


def _invoice(
    state: State, subscription: Thing, lines: list[Thing], reason: str = "upcoming"
) -> Thing:
    customer = subscription["customer"]
    waiting = [
        line_from(state, item) for item in invoicing.waiting_items(state, customer, subscription)
    ]
    facts = invoicing.composed(state, customer, lines + waiting, reason, subscription)
    return _shown(state, facts)


def _of_new(state: State, customer: str, details: Thing) -> Thing:
    trial = beginning.trial_of(state, details)
    priced = [items.sold(state, each, f"items[{at}]") for at, each in enumerate(details["items"])]
    period = (state.now, trial or period_at(state.now, *items.rhythm(priced[0]), state.now)[1])
    made = [items.make(state, "", each, period, "items") for each in details["items"]]
    lines = [] if trial else items.advance_lines(state, made, period)
    return _shown(state, invoicing.composed(state, customer, lines, "upcoming", None))


def _shown(state: State, facts: Thing) -> Thing:
    identifier = state.identifier("upcoming_in")
    made = blank("invoice", **facts, id=identifier, created=state.now, livemode=state.live)
    for line in made["lines"]["data"]:
        line["invoice"] = identifier
    made["lines"]["url"] = f"/v1/invoices/{identifier}/lines"
    return made


def _copy(state: State) -> State:
    """The account as it stands, unable to tell anybody."""
    aside = State(live=state.live, now=state.now, seed=f"{state.seed}preview", base=state.base)
    aside.things, aside.notes = deepcopy(state.things), deepcopy(state.notes)
    aside.counts, aside.declining = state.counts.copy(), dict(state.declining)
    return aside
