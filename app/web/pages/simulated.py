"""The simulated biller's own pages: where one pays without money, and what a customer has there.

Whoever holds the address of a page to pay at may pay, as at a provider: nobody is signed in.
"""

from flask import Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.billing import catalog, scene
from app.domain.billing.simulated import SimulatedBiller
from app.domain.billing.simulated.biller import PORTAL
from app.domain.rights import Right
from app.kit import clock
from app.web import place
from app.web.pages import blueprint
from app.web.services import services

_CHECKOUT = "/billing/simulated/checkout/<checkout_id>"
_AT_CHECKOUT = {
    "pay": SimulatedBiller.pay,
    "decline": SimulatedBiller.decline,
    "cancel": SimulatedBiller.abandon,
}
_AT_PORTAL = {"cancel": SimulatedBiller.end_at_end, "keep": SimulatedBiller.keep}


@blueprint.get(_CHECKOUT)
def simulated_checkout(checkout_id: str) -> str:
    """What is sold and for how much, with a card that pays and one that is declined."""
    page = _biller().page(checkout_id)
    return render_template("simulated_checkout.html", page=page, sold=catalog.now_sold(page.item))


@blueprint.post(_CHECKOUT)
def simulated_checkout_button(checkout_id: str) -> ResponseReturnValue:
    """Pay and go back; pressed twice, or on a page that is over, it does nothing more."""
    pressed = request.form.get("do", "")
    if pressed not in _AT_CHECKOUT:
        abort(400)
    page = _AT_CHECKOUT[pressed](_biller(), checkout_id, clock.now())
    done = page.checkout.paid or pressed == "cancel"
    return redirect(page.back_url if done else request.path, 303)


@blueprint.get(PORTAL)
@place.require(Right.BILLING)
def simulated_portal() -> Response:
    """The organization's plan and invoices as the simulated biller has them."""
    its, biller = services(), _biller()
    customer_id = biller.customer_of(place.here().organization.id)
    one = scene.living(biller.subscriptions(customer_id))
    with its.database.reading() as session:
        plan = catalog.plan_of(session, biller.mode, one and one.price_id)
        then = catalog.plan_of(session, biller.mode, one and one.next_price_id)
    invoices = biller.invoices(customer_id)
    return place.page("simulated_portal.html", one=one, plan=plan, then=then, invoices=invoices)


@blueprint.post(PORTAL)
@place.require(Right.BILLING)
def simulated_portal_button() -> ResponseReturnValue:
    """End the plan with its period, or take that back."""
    biller, pressed = _biller(), request.form.get("do", "")
    if pressed not in _AT_PORTAL:
        abort(400)
    one = scene.living(biller.subscriptions(biller.customer_of(place.here().organization.id)))
    if one is not None:
        _AT_PORTAL[pressed](biller, one.id)
    return redirect(PORTAL, 303)


def _biller() -> SimulatedBiller:
    """The simulated biller; where there is another one, these pages do not exist."""
    biller = services().biller()
    if not isinstance(biller, SimulatedBiller):
        abort(404)
    return biller
