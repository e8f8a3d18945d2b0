"""Checkout sessions: what is offered, at which page, until when."""

from stripe.params.checkout import (
    SessionCreateParams,
    SessionExpireParams,
    SessionLineItemListParams,
    SessionListParams,
    SessionRetrieveParams,
    SessionUpdateParams,
)

from tests.fake_stripe.ground.clock import DAY, HOUR, plan, when_due
from tests.fake_stripe.ground.events import tell
from tests.fake_stripe.ground.expand import SHOWN_WHEN_ASKED
from tests.fake_stripe.ground.fields import a_list, put
from tests.fake_stripe.ground.lists import listing, matching, page
from tests.fake_stripe.ground.money import cost
from tests.fake_stripe.ground.problems import Malformed, NotPlayed, Problem
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.things import items, prices
from tests.fake_stripe.things.lines import name_of
from tests.fake_stripe.wire.routing import PAGING, play

# Stored and shown, without any effect on what is paid: no tax is computed here.
SHOWN = ("allow_promotion_codes", "billing_address_collection", "cancel_url", "client_reference_id",
         "customer_creation", "customer_email", "locale", "payment_method_collection",
         "submit_type", "success_url")  # fmt: skip
PASSED_OVER = (
    "consent_collection custom_text customer_update adaptive_pricing allowed_payment_method_types "
    "saved_payment_method_options ui_mode"
)


@play(
    "POST", "/v1/checkout/sessions", SessionCreateParams,
    f"{' '.join(SHOWN)} {PASSED_OVER} automatic_tax customer expires_at invoice_creation line_items "
    "metadata mode payment_intent_data subscription_data tax_id_collection",
)  # fmt: skip
def create(state: State, params: Thing) -> Thing:
    mode = params.get("mode", "payment")
    if mode == "setup":
        raise NotPlayed("mode=setup is not played here.", param="mode")
    _check_customer(state, params)
    lines = _lines(state, params, mode)
    total = sum(line["amount_total"] for line in lines)
    prefix = f"cs_{'live' if state.live else 'test'}"
    session = state.make(
        "checkout.session", prefix, mode=mode, status="open", payment_status="unpaid", metadata={},
        amount_subtotal=total, amount_total=total, currency=lines[0]["currency"],
        customer=params.get("customer"), expires_at=_expiry(state, params), custom_fields=[],
        payment_method_types=params.get("allowed_payment_method_types", ["card"]), ui_mode="hosted_page",
        total_details={"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        origin_context=None, shipping_options=[],
    )  # fmt: skip
    put(session, params, *SHOWN)
    _set_tax(session, params)
    session["url"] = f"{state.base}/c/pay/{session['id']}"
    state.notes[session["id"]] |= {"lines": lines, "params": params}
    plan(state, session["expires_at"], "session", session["id"])
    return session


@play("GET", "/v1/checkout/sessions/{}", SessionRetrieveParams)
def retrieve(state: State, _params: Thing, identifier: str) -> Thing:
    return state.get("checkout.session", identifier)


@play(
    "GET", "/v1/checkout/sessions", SessionListParams,
    PAGING + " customer payment_intent status subscription",
)  # fmt: skip
def listed(state: State, params: Thing) -> Thing:
    keep = matching(params, "customer", "payment_intent", "status", "subscription")
    return listing(state, params, "/v1/checkout/sessions", state.all("checkout.session"), keep)


@play("POST", "/v1/checkout/sessions/{}", SessionUpdateParams, "metadata")
def update(state: State, params: Thing, identifier: str) -> Thing:
    session = state.get("checkout.session", identifier)
    put(session, params)
    return session


@play("POST", "/v1/checkout/sessions/{}/expire", SessionExpireParams)
def expire(state: State, _params: Thing, identifier: str) -> Thing:
    session = state.get("checkout.session", identifier)
    if session["status"] != "open":
        raise Problem(
            f'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout '
            f"Session has a status of {session['status']}."
        )  # fmt: skip
    session |= {"status": "expired", "url": None}
    tell(state, "checkout.session.expired", session)
    return session


@when_due("session")
def session_due(state: State, identifier: str) -> None:
    """A session's time is over."""
    if state.get("checkout.session", identifier)["status"] == "open":
        expire(state, {}, identifier)


@play(
    "GET", "/v1/checkout/sessions/{}/line_items", SessionLineItemListParams,
    PAGING.replace("created", ""),
)  # fmt: skip
def line_items(state: State, params: Thing, identifier: str) -> Thing:
    state.get("checkout.session", identifier)
    url = f"/v1/checkout/sessions/{identifier}/line_items"
    return page(params, url, state.notes[identifier]["lines"])


def _lines(state: State, params: Thing, mode: str) -> list[Thing]:
    given = params.get("line_items") or []
    if not given:
        raise Malformed("Missing required param: line_items.", param="line_items", code="parameter_missing")  # fmt: skip
    if not params.get("success_url"):
        raise Malformed("Missing required param: success_url.", param="success_url", code="parameter_missing")  # fmt: skip
    lines = [_line(state, each, mode, f"line_items[{at}]") for at, each in enumerate(given)]
    recurring = [line["price"] for line in lines if line["price"]["type"] == "recurring"]
    if mode == "subscription" and not recurring:
        raise Malformed("You must provide at least one recurring price in `subscription` mode when using prices.", param="line_items")  # fmt: skip
    if len({items.rhythm(price) for price in recurring}) > 1:
        raise Malformed("Checkout does not support multiple prices with different billing intervals.", param="line_items")  # fmt: skip
    return lines


def _line(state: State, given: Thing, mode: str, at: str) -> Thing:
    if "price" not in given:
        raise NotPlayed(f"{at}: played with `price` only.", param=at)
    price = prices.in_use(state, given["price"], f"{at}[price]")
    if mode == "payment" and price["type"] == "recurring":
        raise Malformed("You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.", param="mode")  # fmt: skip
    metered = price["type"] == "recurring" and items.is_metered(price)
    if metered and "quantity" in given:
        raise Malformed(f"Quantity should not be specified where usage_type is `metered`. Remove quantity from `{at}`.", param=f"{at}[quantity]")  # fmt: skip
    if not metered and "quantity" not in given:
        raise Malformed(f"Quantity is required. Add `quantity` to `{at}`", param=f"{at}[quantity]")
    quantity = given.get("quantity")
    total = 0 if metered else cost(price, int(quantity or 0))
    return {
        "id": state.identifier("li"), "object": "item", "adjustable_quantity": None,
        "amount_discount": 0, "amount_subtotal": total, "amount_tax": 0, "amount_total": total,
        "currency": price["currency"], "description": name_of(state, price), "discounts": [],
        "metadata": given.get("metadata", {}), "price": price, "quantity": quantity, "taxes": [],
    }  # fmt: skip


def _check_customer(state: State, params: Thing) -> None:
    if "customer" not in params:
        return
    customer = state.get("customer", params["customer"], "customer")
    if "customer_email" in params:
        raise Malformed("You may only specify one of these parameters: customer, customer_email.", param="customer_email")  # fmt: skip
    may = params.get("customer_update", {})
    if params.get("tax_id_collection", {}).get("enabled") and may.get("name") != "auto":
        raise Malformed("Tax ID collection requires updating business name on the customer. To enable tax ID collection for an existing customer, please set `customer_update[name]` to `auto`.", param="customer_update")  # fmt: skip
    taxed = params.get("automatic_tax", {}).get("enabled")
    if taxed and not customer["address"] and may.get("address") != "auto":
        raise Malformed("Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer.", code="customer_tax_location_invalid")  # fmt: skip


def _set_tax(session: Thing, params: Thing) -> None:
    if params.get("automatic_tax", {}).get("enabled"):
        session["automatic_tax"] |= {"enabled": True, "status": "requires_location_inputs"}
        session["automatic_tax"]["liability"] = {"account": None, "type": "self"}
    if collection := params.get("tax_id_collection"):
        session["tax_id_collection"] = {"enabled": collection["enabled"], "required": "never"}


def _expiry(state: State, params: Thing) -> int:
    at = int(params.get("expires_at", state.now + DAY))
    if not state.now + HOUR // 2 <= at <= state.now + DAY:
        raise Malformed("The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.", param="expires_at")  # fmt: skip
    return at


def _shown_lines(state: State, session: Thing) -> Thing:
    url = f"/v1/checkout/sessions/{session['id']}/line_items"
    return a_list(url, state.notes[session["id"]]["lines"])


SHOWN_WHEN_ASKED["checkout.session", "line_items"] = _shown_lines
