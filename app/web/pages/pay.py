"""Pay links: what is sold, to whom, for how much. The button does the work, nobody is signed in."""

from flask import abort, redirect, render_template
from werkzeug.wrappers import Response

from app.domain import offers, purchases
from app.domain.links import PayLink
from app.domain.wallets import Wallet
from app.kit import clock
from app.web.pages import blueprint
from app.web.services import services


@blueprint.get("/pay/<token>")
def pay_page(token: str) -> str:
    """The item, its price and the organization's masked name."""
    link = _link(token)
    with services().database.reading() as session:
        offer = offers.described(session, link.organization_id, link.item)
    return render_template("pay.html", offer=offer, mode=services().settings.payment_mode)


@blueprint.post("/pay/<token>")
def pay_button(token: str) -> Response:
    """An item becomes a purchase; a purchase is paid on the simulated biller."""
    its, link = services(), _link(token)
    if its.settings.payment_mode != "simulated":
        abort(404)
    with its.transaction() as session:
        offers.described(session, link.organization_id, link.item)  # no page, no button
        if link.item.startswith("pur_"):
            purchases.paid(session, link.item, clock.now())
            return redirect(its.links.page(f"/pay/{token}"), 303)
        wallet = Wallet(link.organization_id, "live", its.settings.payment_mode)
        purchase = purchases.offer(session, wallet, link.item, clock.now())
        target = its.links.pay_until(link.organization_id, purchase.id, purchase.expires_at)
    return redirect(target, 303)


def _link(token: str) -> PayLink:
    link = services().links.read_pay(token, clock.now())
    if link is None:
        abort(404)
    return link
