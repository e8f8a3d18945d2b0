"""What `polis setup-stripe` makes at Stripe: all that is sold, the meter, the portal, the webhook.

Everything is looked for first, under names of ours, so that doing it twice changes nothing.
"""

from typing import TYPE_CHECKING, Any

from app.adapters.stripe import goods, notices
from app.adapters.stripe.client import API_VERSION, Client, once
from app.adapters.stripe.goods import Found
from app.adapters.stripe.usage import METER_EVENT
from app.domain.billing import catalog

if TYPE_CHECKING:
    import stripe
    from stripe.params import WebhookEndpointUpdateParams
    from stripe.params.billing import MeterCreateParams

OURS = {"polis": "portal"}  # tells our configuration from an operator's others


def set_up(client: Client) -> tuple[Found, ...]:
    """Make what is missing of all that is sold, with its meter and its portal."""
    meter = _meter(client)
    sold = [each for good in goods.table(meter.id) for each in goods.found(client, good)]
    return meter, *sold, _portal(client)


def webhook(client: Client, url: str) -> tuple[Found, str | None]:
    """The endpoint at our address, told of exactly what we read; its secret where it is new."""
    name = f"Webhook endpoint at {url}"
    with client.asking() as v1:
        listed = v1.webhook_endpoints.list({"limit": 100}).auto_paging_iter()
        standing = next((each for each in listed if each.url == url), None)
        if standing is None:
            made = v1.webhook_endpoints.create(
                {"url": url, "enabled_events": [*notices.EVENTS], "api_version": API_VERSION},
                once("webhook"),
            )
            return Found(name, client.ours(made).id, "made"), made.secret
        if standing.status == "enabled" and set(standing.enabled_events) == set(notices.EVENTS):
            return Found(name, client.ours(standing).id, "stood"), None
        mended: WebhookEndpointUpdateParams = {
            "enabled_events": [*notices.EVENTS],
            "disabled": False,
        }
        v1.webhook_endpoints.update(standing.id, mended, once(standing.id))
    return Found(name, client.ours(standing).id, "changed"), None


def _meter(client: Client) -> Found:
    name = f"Meter {METER_EVENT!r}"
    params: MeterCreateParams = {
        "display_name": "Polis: tokens beyond a plan",
        "event_name": METER_EVENT,
        "default_aggregation": {"formula": "sum"},
        "customer_mapping": {"type": "by_id", "event_payload_key": "stripe_customer_id"},
        "value_settings": {"event_payload_key": "value"},
    }
    with client.asking() as v1:
        listed = v1.billing.meters.list({"status": "active", "limit": 100}).auto_paging_iter()
        standing = next((each for each in listed if each.event_name == METER_EVENT), None)
        meter = client.ours(standing or v1.billing.meters.create(params, once(METER_EVENT)))
    return Found(name, meter.id, "stood" if standing else "made", catalog.METER)


def _portal(client: Client) -> Found:
    """Cards, invoices, address, an end with the period; plans change on our own pages."""
    name = "Configuration of the portal"
    features: Any = {  # one shape, which the SDK knows under two names
        "customer_update": {"enabled": True, "allowed_updates": ["address", "tax_id"]},
        "invoice_history": {"enabled": True},
        "payment_method_update": {"enabled": True},
        "subscription_cancel": {"enabled": True, "mode": "at_period_end"},
        "subscription_update": {"enabled": False},
    }
    with client.asking() as v1:
        configurations = v1.billing_portal.configurations
        listed = configurations.list({"active": True, "limit": 100}).auto_paging_iter()
        standing = next((each for each in listed if _is_ours(each)), None)
        if standing is None:
            made = configurations.create({"features": features, "metadata": OURS}, once("portal"))
            return Found(name, client.ours(made).id, "made", catalog.PORTAL)
        configurations.update(standing.id, {"features": features}, once(standing.id))
    return Found(name, client.ours(standing).id, "stood", catalog.PORTAL)


def _is_ours(configuration: "stripe.billing_portal.Configuration") -> bool:
    metadata = configuration.metadata
    return metadata is not None and OURS.items() <= metadata.to_dict().items()
