"""`polis setup-stripe`: what is sold here, as Stripe has to know it."""

from ipaddress import ip_address
from urllib.parse import urlsplit

import click

from app.bootstrap import Services
from app.cli import environment
from app.cli.output import JSON, fail, show
from app.domain.billing import catalog
from app.kit import clock, logs
from app.settings import Settings

PATH = "/webhooks/stripe"
SECRET = "POLIS_STRIPE_WEBHOOK_SECRET"  # noqa: S105 # its name alone
_LOCAL = {"localhost", "local", "internal"}
_WORDS = {"made": "Made", "stood": "Stood already", "changed": "Brought up to date"}


@click.command("setup-stripe")
@JSON
def setup_stripe(as_json: bool) -> None:  # noqa: FBT001 # click's flag
    """Make products, prices, meter, portal and webhook at Stripe, as far as they are missing."""
    logs.configure()  # what Stripe refuses is told beside the result
    its = environment.services()
    if its.settings.payment_mode not in {"stripe_test", "stripe_live"}:
        fail("Set POLIS_STRIPE_SECRET_KEY to your key of Stripe, then run this again.")
    from app.adapters.stripe import setting_up  # noqa: PLC0415 # other commands need not pay
    from app.adapters.stripe.client import Client  # noqa: PLC0415 # as above

    settings, secret = its.settings, None
    mode, url = settings.payment_mode, f"{settings.base_url}{PATH}"
    client = Client(settings.stripe_secret_key, mode, api_base=settings.stripe_api_base)
    found = setting_up.set_up(client)
    ids = {each.item: each.id for each in found if each.item}
    _keep(its, ids)
    if reachable := _is_reachable(settings.base_url):
        endpoint, secret = setting_up.webhook(client, url)  # the last: its secret is told once
        found = (*found, endpoint)
    lines = [f"{_WORDS[each.state]}: {each.name} ({each.id})" for each in found]
    states = [{"name": each.name, "id": each.id, "state": each.state} for each in found]
    facts = {"mode": mode, "ids": ids, "found": states, "webhook_secret": secret}
    left = _left(settings, url, secret) if reachable else _forwarding(url)
    show(as_json, facts, "\n".join([*lines, *left]))


def _keep(its: Services, ids: dict[str, str]) -> None:
    with its.transaction() as session:
        catalog.replace(session, its.settings.payment_mode, ids, clock.now())


def _left(settings: Settings, url: str, secret: str | None) -> list[str]:
    """What is to be set so that notices are believed."""
    mode = settings.payment_mode
    others = [its for _, its in settings.webhook_secrets if its == mode]
    if secret:
        how = "Put this in front of the others, parted by a comma" if others else "Set this"
        return [
            f"{how}, where Polis starts; Stripe shows it once:",
            f"{SECRET}={mode.removeprefix('stripe_')}:{secret}",
        ]
    if others:
        return []
    return [f"{SECRET} is not set: copy the secret of {url} from Stripe's dashboard, or roll it."]


def _forwarding(url: str) -> list[str]:
    return [
        "No webhook endpoint can be made: Stripe does not reach this address. Forward instead:",
        f"  stripe listen --forward-to {url}",
        f"and set {SECRET} to the secret it prints.",
    ]


def _is_reachable(base_url: str) -> bool:
    """Whether an address may be one of the internet, and speaks TLS."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if parts.scheme != "https" or host.rpartition(".")[2] in _LOCAL:
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host
