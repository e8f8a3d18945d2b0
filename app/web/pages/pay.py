"""Pay links: what is sold, to whom, for how much. The button opens the provider's page.

A link signs nobody in. The same address with a purchase in it is where its payer comes back to.
"""

from functools import partial

from flask import abort, make_response, redirect, render_template
from werkzeug.wrappers import Response

from app.domain import networks
from app.domain.billing import offers, returned
from app.domain.limits import RateLimited
from app.domain.links import PayLink
from app.kit import clock, ids
from app.web import checkout, counted, network, outermost
from app.web.pages import blueprint
from app.web.services import services


@blueprint.get("/pay/<token>")
def pay_page(token: str) -> Response:
    """The item, its price and the organization's masked address; or what became of a purchase."""
    its, link = services(), _link(token)
    mode = its.settings.payment_mode
    with its.database.reading() as session:
        offer = offers.described(session, link.organization_id, link.item, mode)
    state = _state(link.item) if ids.is_id("pur", link.item) else ""
    answer = make_response(render_template("pay.html", offer=offer, mode=mode, state=state))
    answer.headers["Content-Security-Policy"] = outermost.policy(
        *checkout.form_targets(its.settings)
    )
    return answer


@blueprint.post("/pay/<token>")
def pay_button(token: str) -> Response:
    """Open the page of the payment provider; a purchase goes on where it was left."""
    its, link, now = services(), _link(token), clock.now()
    if its.settings.payment_mode == "off":
        abort(404)
    counted.take("payment_pages", networks.of(network.address()), now)
    with its.database.reading() as session:
        mode = its.settings.payment_mode
        offer = offers.described(session, link.organization_id, link.item, mode)
    if not ids.is_id("pur", link.item):
        back = partial(its.links.paying, link.organization_id)
        return redirect(checkout.opened(link.organization_id, link.item, back, by_owner=False), 303)
    purchase, here = its.till.purchase(link.item), its.links.page(f"/pay/{token}")
    if offer.on_a_plan or purchase.paid_at is not None or purchase.expires_at <= now:
        return redirect(here, 303)
    return redirect(its.till.page(purchase.id, here).url or here, 303)


def _state(purchase_id: str) -> str:
    """What became of it; whoever reloads again and again is not worth asking the provider for."""
    its, now = services(), clock.now()
    try:
        counted.count(its, "payment_looks", purchase_id, now, lambda _allowance: None)
    except RateLimited:
        return "paid" if its.till.purchase(purchase_id).paid_at is not None else "confirming"
    return returned.state(its.till, purchase_id, now)


def _link(token: str) -> PayLink:
    link = services().links.read_pay(token, clock.now())
    if link is None:
        abort(404)
    return link
