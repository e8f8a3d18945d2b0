"""Buying from a page: the provider's own page is opened, and looked at when the payer is back."""

from collections.abc import Callable

from app.domain.rights import NotAllowed
from app.kit import clock
from app.settings import Settings
from app.web import signed_in
from app.web.services import services

_STRIPE = ("https://checkout.stripe.com", "https://billing.stripe.com")


def form_targets(settings: Settings) -> tuple[str, ...]:
    """Where forms of buying may end: browsers hold a redirect to the policy of the form's page."""
    if settings.payment_mode not in {"stripe_live", "stripe_test"}:
        return ()
    return (settings.stripe_api_base,) if settings.stripe_api_base else _STRIPE


def begin(organization_id: str, item: str, back: Callable[[str], str]) -> str:
    """Open a page where an owner pays for an item, and give its address.

    `back` makes the address to come back to, of ours, from the purchase's id.
    """
    require_proved()
    till = services().till
    purchase_id = till.offer(organization_id, item, clock.now(), by_owner=True)
    return till.page(purchase_id, back(purchase_id)).url or back(purchase_id)


def require_proved() -> None:
    """Refuse whoever has not proved their address: nobody spends in another's name."""
    if not signed_in.person().verified:
        raise NotAllowed(
            "Confirm your e-mail address before you buy.",
            hint="We wrote to you; the settings send that mail again.",
        )


def refresh(organization_id: str) -> None:
    """Read an organization's dealings at the provider again and apply them."""
    services().till.refresh(organization_id, clock.now())
