"""Buying from a page: the provider's own page is opened, and looked at when the payer is back."""

from collections.abc import Callable

from app.domain.billing import opening
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
    return opened(organization_id, item, lambda purchase_id, _: back(purchase_id), by_owner=True)


def opened(organization_id: str, item: str, back: opening.Back, *, by_owner: bool) -> str:
    """The provider's page of an item, or `back` where its payment is on its way."""
    till, now = services().till, clock.now()
    return str(opening.page(till, organization_id, item, now, by_owner=by_owner, back=back).url)


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
