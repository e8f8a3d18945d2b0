"""Packs and a first plan: paid for at the provider's own page, looked at when the payer is back."""

from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.billing import returned
from app.domain.billing.causes import item_title
from app.domain.rights import Right
from app.errors import NotFound, PolisError
from app.kit import clock, ids
from app.web import checkout, place, texts
from app.web.billing import blueprint, desk, overview
from app.web.services import services

_RETURN = f"{desk.PAGE}/return"
_WAIT_S, _MOST_TURNS = 2, 90


@blueprint.post(f"{desk.PAGE}/buy")
@place.require(Right.BILLING)
def buy() -> ResponseReturnValue:
    """On to the provider's page for an item."""
    its, item = services(), request.form.get("item", "")

    def back(purchase_id: str) -> str:
        return its.links.page(f"{_RETURN}?purchase={purchase_id}")

    try:
        return redirect(checkout.begin(place.here().organization.id, item, back), 303)
    except PolisError as refusal:
        return overview.page(refused=desk.refused(refusal))


@blueprint.get(_RETURN)
@place.require(Right.BILLING)
def back_again() -> ResponseReturnValue:
    """What became of a purchase; while it is being confirmed, the page asks again by itself."""
    purchase_id = request.args.get("purchase", "")
    if not purchase_id:
        return redirect(desk.PAGE, 303)
    its = services()
    purchase = its.till.purchase(purchase_id) if ids.is_id("pur", purchase_id) else None
    if purchase is None or purchase.organization_id != place.here().organization.id:
        raise NotFound("There is no such purchase here.", hint="Billing shows what came of yours.")
    turn = _turns(request.args.get("turn", ""))
    facts: dict[str, Any] = {
        "state": returned.state(its.till, purchase_id, clock.now()),
        "item": item_title(purchase.item),
        "purchase": purchase,
        "turn": turn,
        "wait": _WAIT_S if turn < _MOST_TURNS else 0,
    }
    if place.is_partial():
        return texts.scripted(render_template("billing/returned.html", **facts))
    return place.page("billing/return.html", mode=desk.mode(), **facts)


def _turns(text: str) -> int:
    return min(int(text[:4]), _MOST_TURNS) if text.isascii() and text.isdecimal() else 0
