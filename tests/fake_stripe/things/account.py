"""The account itself, its events, and the endpoints it sends them to."""

from stripe.params import (
    AccountRetrieveCurrentParams,
    AccountRetrieveParams,
    EventListParams,
    EventRetrieveParams,
    WebhookEndpointCreateParams,
    WebhookEndpointDeleteParams,
    WebhookEndpointListParams,
    WebhookEndpointRetrieveParams,
    WebhookEndpointUpdateParams,
)

from tests.fake_stripe.ground.fields import put
from tests.fake_stripe.ground.lists import listing, matching
from tests.fake_stripe.ground.problems import Malformed
from tests.fake_stripe.ground.shapes import blank
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.wire.routing import PAGING, play

ACCOUNT = "acct_1fakefakefakefake"


@play("GET", "/v1/account", AccountRetrieveCurrentParams)
def account(_state: State, _params: Thing) -> Thing:
    made = blank(
        "account", id=ACCOUNT, charges_enabled=True, country="US", default_currency="usd",
        details_submitted=True, email="owner@example.com", payouts_enabled=True, type="standard",
        metadata={},
    )  # fmt: skip
    return {name: value for name, value in made.items() if value is not None}


@play("GET", "/v1/accounts/{}", AccountRetrieveParams)
def account_by_id(state: State, params: Thing, identifier: str) -> Thing:
    if identifier != ACCOUNT:
        state.get("account", identifier)
    return account(state, params)


@play("GET", "/v1/events/{}", EventRetrieveParams)
def retrieve_event(state: State, _params: Thing, identifier: str) -> Thing:
    return state.get("event", identifier)


@play("GET", "/v1/events", EventListParams, PAGING + " delivery_success type types")
def list_events(state: State, params: Thing) -> Thing:
    kinds, success = params.get("types"), params.get("delivery_success")
    if kinds and "type" in params:
        raise Malformed("You may only specify one of these parameters: type, types.", param="types")
    if "type" in params:
        kinds = [params["type"]]

    def keep(event: Thing) -> bool:
        named = kinds is None or any(_named(event["type"], kind) for kind in kinds)
        return named and success in {None, event["pending_webhooks"] == 0}

    return listing(state, params, "/v1/events", state.all("event"), keep)


def _named(kind: str, wanted: str) -> bool:
    return kind == wanted or (wanted.endswith(".*") and kind.startswith(wanted[:-1]))


@play(
    "POST", "/v1/webhook_endpoints", WebhookEndpointCreateParams,
    "api_version description enabled_events metadata url",
)  # fmt: skip
def create_endpoint(state: State, params: Thing) -> Thing:
    """The secret is in this answer and in no later one."""
    _check_url(params["url"], live=state.live)
    endpoint = state.make(
        "webhook_endpoint", "we", url=params["url"], enabled_events=params["enabled_events"],
        metadata={}, status="enabled",
    )  # fmt: skip
    put(endpoint, params, "description", "api_version")
    secret = "whsec_" + state.identifier("secret").removeprefix("secret_")
    state.notes[endpoint["id"]]["secrets"] = [secret]
    return {**endpoint, "secret": secret}


@play("GET", "/v1/webhook_endpoints/{}", WebhookEndpointRetrieveParams)
def retrieve_endpoint(state: State, _params: Thing, identifier: str) -> Thing:
    return state.get("webhook_endpoint", identifier, noun="webhook endpoint")


@play("GET", "/v1/webhook_endpoints", WebhookEndpointListParams, PAGING.replace("created", ""))
def list_endpoints(state: State, params: Thing) -> Thing:
    found = state.all("webhook_endpoint")
    return listing(state, params, "/v1/webhook_endpoints", found, matching({}))


@play(
    "POST", "/v1/webhook_endpoints/{}", WebhookEndpointUpdateParams,
    "description disabled enabled_events metadata url",
)  # fmt: skip
def update_endpoint(state: State, params: Thing, identifier: str) -> Thing:
    endpoint = retrieve_endpoint(state, {}, identifier)
    if "url" in params:
        _check_url(params["url"], live=state.live)
    put(endpoint, params, "description", "enabled_events", "url")
    if "disabled" in params:
        endpoint["status"] = "disabled" if params["disabled"] else "enabled"
    return endpoint


@play("DELETE", "/v1/webhook_endpoints/{}", WebhookEndpointDeleteParams)
def delete_endpoint(state: State, _params: Thing, identifier: str) -> Thing:
    retrieve_endpoint(state, {}, identifier)
    del state.things["webhook_endpoint"][identifier]
    return {"id": identifier, "object": "webhook_endpoint", "deleted": True}


def _check_url(url: str, *, live: bool) -> None:
    if not url.startswith("https://" if live else ("https://", "http://")):
        raise Malformed("Invalid URL: URL must be publicly accessible and begin with https.", param="url", code="url_invalid")  # fmt: skip
