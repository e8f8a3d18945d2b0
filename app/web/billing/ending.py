"""The end of a plan with its period, and taking that back."""

from collections.abc import Callable

from flask import redirect
from flask.typing import ResponseReturnValue

from app.domain import plans, wallets
from app.domain.billing import subscribed
from app.domain.billing.subscribed import Subscribed
from app.domain.rights import Right
from app.errors import Conflict, PolisError
from app.kit import clock
from app.web import place
from app.web.billing import acting, blueprint, desk, overview
from app.web.services import services

_PATH = f"{desk.PAGE}/cancel"


@blueprint.get(_PATH)
@place.require(Right.BILLING)
def cancel_page() -> ResponseReturnValue:
    """What ends, and what stays."""
    account = _account()
    if not account.lives or account.plan is None or account.cancels_at is not None:
        return redirect(desk.PAGE, 303)
    with services().database.reading() as session:
        standing = wallets.standing(session, desk.wallet(), clock.now())
    return place.page(
        "billing/cancel.html",
        account=account,
        plan=plans.PLANS[account.plan],
        standing=standing,
        mode=desk.mode(),
    )


@blueprint.post(_PATH)
@place.require(Right.BILLING)
def cancel() -> ResponseReturnValue:
    """Let the plan end with its period."""
    return _ended(acting.cancel, "cancelled")


@blueprint.post(f"{desk.PAGE}/keep")
@place.require(Right.BILLING)
def keep() -> ResponseReturnValue:
    """Let it go on as it is."""
    return _ended(acting.keep, "kept")


def _ended(act: Callable[[str, str], None], done: str) -> ResponseReturnValue:
    try:
        act(place.here().organization.id, _living())
    except PolisError as refusal:
        return overview.page(refused=desk.refused(refusal))
    return redirect(f"{desk.PAGE}?done={done}", 303)


def _living() -> str:
    account = _account()
    if not account.lives:
        raise Conflict("This organization has no plan.", hint="Choose one below.")
    return str(account.subscription_id)


def _account() -> Subscribed:
    with services().database.reading() as session:
        return subscribed.of(session, place.here().organization.id, desk.mode())
