"""Meters and what they count: events once by identifier, corrections, sums over a time."""

import re
from decimal import Decimal

from stripe.params.billing import (
    MeterCreateParams,
    MeterDeactivateParams,
    MeterEventAdjustmentCreateParams,
    MeterEventCreateParams,
    MeterEventSummaryListParams,
    MeterListParams,
    MeterReactivateParams,
    MeterRetrieveParams,
    MeterUpdateParams,
)

from tests.fake_stripe.ground.clock import DAY
from tests.fake_stripe.ground.events import changing, tell
from tests.fake_stripe.ground.lists import listing, matching, page
from tests.fake_stripe.ground.problems import Malformed
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.wire.routing import PAGING, play

OLDEST, NEWEST = 35 * DAY, 300


@play(
    "POST", "/v1/billing/meters", MeterCreateParams,
    "customer_mapping default_aggregation display_name event_name event_time_window value_settings",
)  # fmt: skip
def create(state: State, params: Thing) -> Thing:
    name = params["event_name"]
    if state.all("billing.meter", event_name=name, status="active"):
        raise Malformed(f"A meter with the event name {name} already exists.", param="event_name")
    meter = state.make(
        "billing.meter", "mtr", status="active", event_name=name,
        display_name=params["display_name"], default_aggregation=params["default_aggregation"],
        customer_mapping=params.get(
            "customer_mapping", {"event_payload_key": "stripe_customer_id", "type": "by_id"}
        ),
        value_settings=params.get("value_settings", {"event_payload_key": "value"}),
        event_time_window=params.get("event_time_window"),
    )  # fmt: skip
    tell(state, "billing.meter.created", meter)
    return meter


@play("GET", "/v1/billing/meters/{}", MeterRetrieveParams)
def retrieve(state: State, _params: Thing, identifier: str) -> Thing:
    return state.get("billing.meter", identifier)


@play("GET", "/v1/billing/meters", MeterListParams, PAGING + " status")
def listed(state: State, params: Thing) -> Thing:
    keep = matching(params, "status")
    return listing(state, params, "/v1/billing/meters", state.all("billing.meter"), keep)


@play("POST", "/v1/billing/meters/{}", MeterUpdateParams, "display_name")
def update(state: State, params: Thing, identifier: str) -> Thing:
    meter = state.get("billing.meter", identifier)
    with changing(state, "billing.meter.updated", meter):
        meter |= params
    return meter


@play("POST", "/v1/billing/meters/{}/deactivate", MeterDeactivateParams)
def deactivate(state: State, _params: Thing, identifier: str) -> Thing:
    meter = state.get("billing.meter", identifier)
    meter["status"], meter["status_transitions"] = "inactive", {"deactivated_at": state.now}
    tell(state, "billing.meter.deactivated", meter)
    return meter


@play("POST", "/v1/billing/meters/{}/reactivate", MeterReactivateParams)
def reactivate(state: State, _params: Thing, identifier: str) -> Thing:
    meter = state.get("billing.meter", identifier)
    meter["status"], meter["status_transitions"] = "active", {"deactivated_at": None}
    tell(state, "billing.meter.reactivated", meter)
    return meter


@play(
    "POST", "/v1/billing/meter_events", MeterEventCreateParams,
    "event_name identifier payload timestamp",
)  # fmt: skip
def record(state: State, params: Thing) -> Thing:
    """Count once; what cannot be counted is refused here, where Stripe says part of it later."""
    meter = _meter_of(state, params["event_name"])
    identifier = params.get("identifier") or state.identifier("evtid")
    for earlier in state.all("billing.meter_event", identifier=identifier):
        if state.now - earlier["created"] < DAY:
            raise Malformed(
                f"An event already exists with identifier {identifier}.",
                code="duplicate_meter_event", param="identifier",
            )  # fmt: skip
    at = params.get("timestamp", state.now)
    _check_time(state, at)
    _check_payload(state, meter, params["payload"])
    event = state.make(
        "billing.meter_event", "mtrevt", event_name=params["event_name"], identifier=identifier,
        payload=params["payload"], timestamp=at,
    )  # fmt: skip
    return {name: value for name, value in event.items() if name != "id"}


@play(
    "POST", "/v1/billing/meter_event_adjustments", MeterEventAdjustmentCreateParams,
    "cancel event_name type",
)  # fmt: skip
def adjust(state: State, params: Thing) -> Thing:
    """Cancel one event of the last 24 hours."""
    identifier = params.get("cancel", {}).get("identifier")
    found = state.all("billing.meter_event", identifier=identifier, event_name=params["event_name"])
    if not found or state.now - found[-1]["created"] > DAY:
        raise Malformed(
            f"No meter event with identifier {identifier} can be cancelled.", param="cancel"
        )
    state.notes[found[-1]["id"]]["cancelled"] = True
    return {
        "object": "billing.meter_event_adjustment", "cancel": {"identifier": identifier},
        "event_name": params["event_name"], "livemode": state.live, "status": "complete",
        "type": "cancel",
    }  # fmt: skip


@play(
    "GET", "/v1/billing/meters/{}/event_summaries", MeterEventSummaryListParams,
    PAGING.replace("created", "") + " customer start_time end_time",
)  # fmt: skip
def summaries(state: State, params: Thing, identifier: str) -> Thing:
    meter = state.get("billing.meter", identifier)
    start, end = params["start_time"], params["end_time"]
    if start % 60 or end % 60:
        raise Malformed("Times must align with minute boundaries.", param="start_time")
    total = counted(state, meter, params["customer"], start, end)
    summary = {
        "id": state.identifier("mtrusg"), "object": "billing.meter_event_summary",
        "aggregated_value": total, "start_time": start, "end_time": end, "livemode": state.live,
        "meter": identifier,
    }  # fmt: skip
    return page(params, f"/v1/billing/meters/{identifier}/event_summaries", [summary])


def counted(state: State, meter: Thing, customer: str, start: int, end: int) -> int:
    """What a meter counted for a customer from `start` until before `end`."""
    who, value = (
        meter[name]["event_payload_key"] for name in ("customer_mapping", "value_settings")
    )
    values = [
        int(Decimal(event["payload"].get(value, "1")))
        for event in state.all("billing.meter_event", event_name=meter["event_name"])
        if event["payload"][who] == customer
        and start <= event["timestamp"] < end
        and not state.notes[event["id"]].get("cancelled")
    ]
    formula = meter["default_aggregation"]["formula"]
    return {"sum": sum(values), "count": len(values), "last": values[-1] if values else 0}[formula]


def _meter_of(state: State, name: str) -> Thing:
    for meter in state.all("billing.meter", event_name=name, status="active"):
        return meter
    raise Malformed(f"No active meter found with event name {name}.", param="event_name")


def _check_time(state: State, at: int) -> None:
    if at < state.now - OLDEST:
        raise Malformed("The timestamp must be within the past 35 calendar days.", code="timestamp_too_far_in_past", param="timestamp")  # fmt: skip
    if at > state.now + NEWEST:
        raise Malformed("The timestamp cannot be more than 5 minutes in the future.", code="timestamp_in_future", param="timestamp")  # fmt: skip


def _check_payload(state: State, meter: Thing, payload: Thing) -> None:
    who, value = (
        meter[name]["event_payload_key"] for name in ("customer_mapping", "value_settings")
    )
    if who not in payload:
        raise Malformed(f"Missing customer in payload: {who}", param=f"payload[{who}]")
    state.get("customer", payload[who], f"payload[{who}]")
    if meter["default_aggregation"]["formula"] != "count" and not re.fullmatch(
        r"-?\d{1,15}", payload.get(value, "")
    ):
        raise Malformed(
            f"Invalid value in payload: {payload.get(value)}", param=f"payload[{value}]"
        )
