"""Payment providers by the mode of the installation; Stripe's SDK is imported when first used."""

from collections.abc import Callable, Sequence
from typing import cast

from app.db import Database
from app.domain.billing import catalog
from app.domain.billing.biller import Biller
from app.domain.billing.off import NothingSold
from app.domain.billing.simulated import SimulatedBiller
from app.settings import Settings


def build(
    settings: Settings,
    database: Database,
    keys: Sequence[str],
    deliver: Callable[[bytes, str], None],
) -> Biller:
    """The provider of an installation."""
    mode = settings.payment_mode
    if mode == "off":
        return cast("Biller", NothingSold())
    if mode == "simulated":
        return SimulatedBiller(database, keys, settings.base_url, deliver)
    return _stripe(settings, database)


def _stripe(settings: Settings, database: Database) -> Biller:
    from app.adapters.stripe import StripeBiller  # noqa: PLC0415 # 300 ms that others need not pay

    def portal() -> str | None:
        with database.reading() as session:
            return catalog.found(session, settings.payment_mode, catalog.PORTAL)

    return StripeBiller(
        mode=settings.payment_mode,
        secret_key=settings.stripe_secret_key,
        webhook_secrets=settings.webhook_secrets,
        api_base=settings.stripe_api_base,
        portal_configuration=portal,
        automatic_tax=settings.stripe_tax,
        tax_ids=settings.stripe_tax,
    )
