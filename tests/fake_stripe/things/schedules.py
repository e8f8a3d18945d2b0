"""Subscription schedules: what a subscription will be for from a later moment on."""

from stripe.params import (
    SubscriptionScheduleCancelParams,
    SubscriptionScheduleCreateParams,
    SubscriptionScheduleListParams,
    SubscriptionScheduleReleaseParams,
    SubscriptionScheduleRetrieveParams,
    SubscriptionScheduleUpdateParams,
)

from tests.fake_stripe.ground.clock import plan, when_due
from tests.fake_stripe.ground.events import changing, tell
from tests.fake_stripe.ground.fields import put
from tests.fake_stripe.ground.lists import listing, matching
from tests.fake_stripe.ground.periods import period_at
from tests.fake_stripe.ground.problems import Malformed, NotPlayed, Problem
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.things import ending, items, switching
from tests.fake_stripe.wire.routing import PAGING, play

OF_A_PHASE = {"items", "start_date", "end_date", "proration_behavior", "metadata", "duration"}


@play("POST", "/v1/subscription_schedules", SubscriptionScheduleCreateParams, "from_subscription")
def create(state: State, params: Thing) -> Thing:
    if "from_subscription" not in params:
        raise NotPlayed("Schedules are played with `from_subscription` only.")
    subscription = state.get("subscription", params["from_subscription"], "from_subscription")
    if subscription["schedule"]:
        raise Problem("You cannot migrate a subscription that is already attached to a schedule: "
                      f"{subscription['schedule']}")  # fmt: skip
    if subscription["status"] in ending.OVER:
        raise Problem("You cannot migrate a subscription that is `canceled`.")
    return start(state, subscription)


def start(state: State, subscription: Thing) -> Thing:
    """A schedule whose only phase is what the subscription is now."""
    first = subscription["items"]["data"][0]
    dates = first["current_period_start"], first["current_period_end"]
    given = [{"price": item["price"]["id"], "quantity": item["quantity"]} for item in subscription["items"]["data"]]  # fmt: skip
    schedule = state.make(
        "subscription_schedule", "sub_sched", customer=subscription["customer"],
        billing_mode=subscription["billing_mode"], end_behavior="release", metadata={},
        status="active", subscription=subscription["id"],
        phases=[_phase(subscription, {"items": given}, dates)],
        current_phase={"start_date": dates[0], "end_date": dates[1]},
    )  # fmt: skip
    schedule["default_settings"] |= {
        "billing_cycle_anchor": "automatic",
        "collection_method": "charge_automatically",
    }
    schedule["default_settings"]["invoice_settings"]["issuer"]["type"] = "self"
    with changing(state, "customer.subscription.updated", subscription):
        subscription["schedule"] = schedule["id"]
    tell(state, "subscription_schedule.created", schedule)
    plan(state, dates[1], "schedule", schedule["id"])
    return schedule


@play("GET", "/v1/subscription_schedules/{}", SubscriptionScheduleRetrieveParams)
def retrieve(state: State, _params: Thing, identifier: str) -> Thing:
    return state.get("subscription_schedule", identifier)


@play("GET", "/v1/subscription_schedules", SubscriptionScheduleListParams, PAGING + " customer")
def listed(state: State, params: Thing) -> Thing:
    found = state.all("subscription_schedule")
    keep = matching(params, "customer")
    return listing(state, params, "/v1/subscription_schedules", found, keep)


@play(
    "POST", "/v1/subscription_schedules/{}", SubscriptionScheduleUpdateParams,
    "end_behavior metadata phases proration_behavior",
)  # fmt: skip
def update(state: State, params: Thing, identifier: str) -> Thing:
    schedule = _active(state, identifier)
    with changing(state, "subscription_schedule.updated", schedule):
        put(schedule, params, "end_behavior")
        if "phases" in params:
            set_phases(state, schedule, params["phases"])
    return schedule


def set_phases(state: State, schedule: Thing, given: list[Thing]) -> None:
    """Phases one after the other; the last one lasts a period where it does not say how long."""
    subscription = state.get("subscription", schedule["subscription"])
    at, phases = schedule["current_phase"]["start_date"], []
    for place, phase in enumerate(given):
        for name in sorted(set(phase) - OF_A_PHASE):
            raise NotPlayed(
                f"phases[{place}][{name}] is not played here.", param=f"phases[{place}]"
            )
        begins = phase.get("start_date", at)
        if begins != at:
            raise Malformed("The start date of a phase must be the end date of the one before it.", param=f"phases[{place}][start_date]")  # fmt: skip
        for number, item in enumerate(phase["items"]):
            items.sold(state, item, f"phases[{place}][items][{number}]")
        at = _end(subscription, phase, begins)
        phases.append(_phase(subscription, phase, (begins, at)))
        plan(state, at, "schedule", schedule["id"])
    schedule["phases"] = phases
    schedule["current_phase"] = {"start_date": phases[0]["start_date"], "end_date": phases[0]["end_date"]}  # fmt: skip


@play("POST", "/v1/subscription_schedules/{}/release", SubscriptionScheduleReleaseParams)
def release(state: State, _params: Thing, identifier: str) -> Thing:
    schedule = _active(state, identifier)
    _let_go(state, schedule)
    return schedule


@play("POST", "/v1/subscription_schedules/{}/cancel", SubscriptionScheduleCancelParams)
def cancel(state: State, _params: Thing, identifier: str) -> Thing:
    """Cancels the subscription with it."""
    schedule = _active(state, identifier)
    ending.end(state, state.get("subscription", schedule["subscription"]))
    return schedule


@when_due("schedule")
def phase_ended(state: State, identifier: str) -> None:
    """The next phase begins, or the schedule is through."""
    schedule = state.get("subscription_schedule", identifier)
    if schedule["status"] != "active" or schedule["current_phase"]["end_date"] != state.now:
        return
    later = [phase for phase in schedule["phases"] if phase["start_date"] == state.now]
    if later:
        with changing(state, "subscription_schedule.updated", schedule):
            schedule["current_phase"] = {"start_date": state.now, "end_date": later[0]["end_date"]}
        _enter(state, state.get("subscription", schedule["subscription"]), later[0])
    elif schedule["end_behavior"] == "cancel":
        ending.end(state, state.get("subscription", schedule["subscription"]), bill=True)
    else:
        _let_go(state, schedule)


def _enter(state: State, subscription: Thing, phase: Thing) -> None:
    """The phase's items take the place of today's; usage so far is billed at today's price."""
    given = [{"price": each["price"], **_counted(each)} for each in phase["items"]]
    held = subscription["items"]["data"]
    named = {item["price"]["id"]: item["id"] for item in held}
    kept = {each["price"] for each in given}
    free = [item for item in held if item["price"]["id"] not in kept]
    for each in given:
        if each["price"] in named:
            each["id"] = named[each["price"]]
        elif same := _of_same_use(state, free, each):
            free.remove(same)
            each["id"] = same["id"]
    given += [{"id": item["id"], "deleted": True} for item in free]
    with changing(state, "customer.subscription.updated", subscription):
        switching.switch(state, subscription, {"items": given, "proration_behavior": "none"})


def _of_same_use(state: State, free: list[Thing], given: Thing) -> Thing | None:
    use = state.get("price", given["price"])["recurring"]["usage_type"]
    fits = (item for item in free if item["price"]["recurring"]["usage_type"] == use)
    return next(fits, None)


def _let_go(state: State, schedule: Thing) -> None:
    subscription = state.get("subscription", schedule["subscription"])
    schedule |= {
        "status": "released", "released_at": state.now, "released_subscription": subscription["id"],
        "subscription": None, "current_phase": None,
    }  # fmt: skip
    with changing(state, "customer.subscription.updated", subscription):
        subscription["schedule"] = None
    tell(state, "subscription_schedule.released", schedule)


def _active(state: State, identifier: str) -> Thing:
    schedule = state.get("subscription_schedule", identifier)
    if schedule["status"] != "active":
        raise Problem(f"You cannot change a schedule that is `{schedule['status']}`.")
    return schedule


def _end(subscription: Thing, phase: Thing, begins: int) -> int:
    if "end_date" in phase:
        return int(phase["end_date"])
    rhythm = items.rhythm(subscription["items"]["data"][0]["price"])
    if "duration" in phase:
        rhythm = phase["duration"]["interval"], phase["duration"].get("interval_count", 1)
    return period_at(begins, *rhythm, begins)[1]


def _phase(subscription: Thing, given: Thing, dates: tuple[int, int]) -> Thing:
    return {
        "add_invoice_items": [], "application_fee_percent": None, "automatic_tax": None,
        "billing_cycle_anchor": None, "billing_thresholds": None, "collection_method": None,
        "currency": subscription["currency"], "default_payment_method": None,
        "default_tax_rates": [], "description": None, "discounts": [], "end_date": dates[1],
        "invoice_settings": None, "metadata": given.get("metadata", {}), "on_behalf_of": None,
        "items": [_item(each) for each in given["items"]],
        "proration_behavior": given.get("proration_behavior", "create_prorations"),
        "start_date": dates[0], "transfer_data": None, "trial": None, "trial_end": None,
    }  # fmt: skip


def _item(given: Thing) -> Thing:
    return {
        "billing_thresholds": None, "discounts": [], "metadata": given.get("metadata", {}),
        "plan": given["price"], "price": given["price"], "quantity": given.get("quantity"),
        "tax_rates": [],
    }  # fmt: skip


def _counted(item: Thing) -> Thing:
    return {"quantity": item["quantity"]} if item["quantity"] is not None else {}
