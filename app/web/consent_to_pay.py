"""The page where somebody is asked to pay for what their app or key wants to buy.

Only the person behind that credential sees it, signed in by themselves: nobody else's agent can
have them pay by sending a link. The button opens the provider's page, where it is paid or not.
"""

from flask import Blueprint, Response, redirect, render_template
from flask.typing import ResponseReturnValue

from app.domain.billing import consent, returned
from app.domain.billing.causes import item_title
from app.domain.billing.consent import Asked
from app.kit import clock
from app.tools.consent_to_pay import PAGE
from app.web import checkout, outermost, signed_in
from app.web.services import services

blueprint = Blueprint("consent_to_pay", __name__)

_PAGE = f"{PAGE}/<purchase_id>"


@blueprint.get(_PAGE)
@signed_in.require
def page(purchase_id: str) -> Response:
    """What is asked for, by which app or key, for whom, and for how much; or what became of it."""
    its, asked = services(), _asked(purchase_id)
    facts = {
        "asked": asked,
        "item": item_title(asked.purchase.item),
        "state": returned.state(its.till, purchase_id, clock.now()),
        "mode": its.settings.payment_mode,
        "person": signed_in.person(),
    }
    answer = Response(render_template("consent_to_pay.html", **facts))
    answer.headers["Content-Security-Policy"] = outermost.policy(
        *checkout.form_targets(its.settings)
    )
    return answer


@blueprint.post(_PAGE)
@signed_in.require
def agree(purchase_id: str) -> ResponseReturnValue:
    """On to the provider's page; what is paid or over already is not paid again."""
    its, purchase = services(), _asked(purchase_id).purchase
    checkout.require_proved()
    back = its.links.paying(purchase.organization_id, purchase_id, purchase.expires_at)
    if purchase.paid_at is not None or purchase.expires_at <= clock.now():
        return redirect(back, 303)
    return redirect(its.till.page(purchase_id, back).url or back, 303)


def _asked(purchase_id: str) -> Asked:
    its, person = services(), signed_in.person()
    with its.database.reading() as session:
        return consent.shown(session, purchase_id, person.user_id, its.settings.payment_mode)
