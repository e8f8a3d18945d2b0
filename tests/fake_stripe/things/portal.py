"""The billing portal: what customers may do there, and a session of one of them."""

from copy import deepcopy
from typing import Any

from stripe.params.billing_portal import (
    ConfigurationCreateParams,
    ConfigurationListParams,
    ConfigurationRetrieveParams,
    ConfigurationUpdateParams,
    SessionCreateParams,
)

from tests.fake_stripe.ground.events import changing, tell
from tests.fake_stripe.ground.fields import put
from tests.fake_stripe.ground.lists import listing, matching
from tests.fake_stripe.ground.problems import Malformed, NotPlayed
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.wire.routing import PAGING, play

KIND = "billing_portal.configuration"
PATH = "/v1/billing_portal/configurations"
FLOWS = {"payment_method_update", "subscription_cancel", "subscription_update", "subscription_update_confirm"}  # fmt: skip


@play(
    "POST", PATH, ConfigurationCreateParams,
    "business_profile default_return_url features login_page metadata name",
)  # fmt: skip
def create(state: State, params: Thing) -> Thing:
    """The first one made serves where a session names none."""
    configuration = state.make(
        KIND, "bpc", active=True, features=_features(), is_default=not state.all(KIND), metadata={},
        business_profile=dict.fromkeys(("headline", "privacy_policy_url", "terms_of_service_url")),
    )  # fmt: skip
    _set(configuration, params)
    tell(state, "billing_portal.configuration.created", configuration)
    return configuration


@play("GET", PATH + "/{}", ConfigurationRetrieveParams)
def retrieve(state: State, _params: Thing, identifier: str) -> Thing:
    return state.get(KIND, identifier)


@play("GET", PATH, ConfigurationListParams, PAGING.replace("created", "") + " active is_default")
def listed(state: State, params: Thing) -> Thing:
    return listing(state, params, PATH, state.all(KIND), matching(params, "active", "is_default"))


@play(
    "POST", PATH + "/{}", ConfigurationUpdateParams,
    "active business_profile default_return_url features login_page metadata name",
)  # fmt: skip
def update(state: State, params: Thing, identifier: str) -> Thing:
    configuration = state.get(KIND, identifier)
    with changing(state, "billing_portal.configuration.updated", configuration):
        put(configuration, params, "active")
        _set(configuration, params)
        configuration["updated"] = state.now
    return configuration


@play(
    "POST", "/v1/billing_portal/sessions", SessionCreateParams,
    "configuration customer flow_data locale return_url",
)  # fmt: skip
def create_session(state: State, params: Thing) -> Thing:
    if "customer" not in params:
        raise Malformed("Missing required param: customer.", param="customer", code="parameter_missing")  # fmt: skip
    state.get("customer", params["customer"], "customer")
    configuration = _configuration(state, params)
    session = state.make(
        "billing_portal.session", "bps", customer=params["customer"],
        configuration=configuration["id"], flow=_flow(state, params.get("flow_data")),
        return_url=params.get("return_url", configuration["default_return_url"]),
        locale=params.get("locale"),
    )  # fmt: skip
    session["url"] = f"{state.base}/p/session/{session['id']}"
    tell(state, "billing_portal.session.created", session)
    return session


def _configuration(state: State, params: Thing) -> Thing:
    if "configuration" in params:
        return state.get(KIND, params["configuration"], "configuration")
    for each in state.all(KIND, is_default=True, active=True):
        return each
    mode = "live" if state.live else "test"
    raise Malformed(
        f"No configuration provided and your {mode} mode default configuration has not been "
        "created. Provide a configuration or create your default by saving your customer portal "
        f"settings in {mode} mode at https://dashboard.stripe.com/{mode}/settings/billing/portal."
    )


def _set(configuration: Thing, params: Thing) -> None:
    put(configuration, params, "default_return_url", "name")
    for name in ("features", "business_profile", "login_page"):
        if name in params:
            configuration[name] = _over(configuration[name], params[name])


def _over(old: Any, new: Any) -> Any:
    """New values over old ones, deep; an empty string clears."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{name: _over(old.get(name), value) for name, value in new.items()}}
    return deepcopy(new) if new != "" else None


def _flow(state: State, given: Thing | None) -> Thing | None:
    if given is None:
        return None
    kind = given["type"]
    if kind not in FLOWS:
        raise NotPlayed(f"flow_data[type]={kind} is not played here.", param="flow_data[type]")
    if kind != "payment_method_update":
        named = given.get(kind, {})
        state.get("subscription", named.get("subscription", ""), f"flow_data[{kind}][subscription]")
    after = {"type": "portal_homepage", "hosted_confirmation": None, "redirect": None}
    blank = dict.fromkeys(("customer_update", "subscription_cancel", "subscription_pause", "subscription_update", "subscription_update_confirm"))  # fmt: skip
    return {**blank, **given, "after_completion": {**after, **given.get("after_completion", {})}}


def _features() -> Thing:
    return {
        "customer_update": {"allowed_updates": [], "enabled": False},
        "invoice_history": {"enabled": False},
        "payment_method_update": {"enabled": False, "payment_method_configuration": None},
        "subscription_cancel": {
            "cancellation_reason": {"enabled": False, "feedback_options": None, "options": []},
            "enabled": False, "mode": "at_period_end", "proration_behavior": "none",
        },
        "subscription_pause": {
            "duration": {"interval_options": [], "type": "indefinite"}, "enabled": False,
        },
        "subscription_update": {
            "billing_cycle_anchor": None, "default_allowed_updates": [], "enabled": False,
            "products": None, "proration_behavior": "none",
            "schedule_at_period_end": {"conditions": []}, "trial_update_behavior": "end_trial",
        },
    }  # fmt: skip
