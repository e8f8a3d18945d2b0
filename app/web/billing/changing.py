"""Another plan: what it costs and brings, exactly, and then the change."""

from datetime import datetime, timedelta

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from app.domain import plans, wallets
from app.domain.billing import changes, prorated, subscribed
from app.domain.billing.changes import Change
from app.domain.billing.records import Preview
from app.domain.billing.subscribed import Subscribed
from app.domain.rights import Right
from app.domain.wallets import Standing
from app.errors import PolisError
from app.kit import clock
from app.web import checkout, place, signed_in
from app.web.billing import acting, blueprint, desk, overview
from app.web.billing.desk import Refusal
from app.web.services import services

_PATH = f"{desk.PAGE}/plan"
_PRICE_HOLDS = timedelta(minutes=15)


@blueprint.get(_PATH)
@place.require(Right.BILLING)
def change_page() -> ResponseReturnValue:
    """What the change costs now and later, and what is lost by it."""
    plan = request.args.get("to", "")
    return _asking(plan, clock.now()) if plan else redirect(desk.PAGE, 303)


@blueprint.post(_PATH)
@place.require(Right.BILLING)
def change() -> ResponseReturnValue:
    """Change it, at the price that was shown."""
    plan, now = request.form.get("to", ""), clock.now()
    at = _moment(request.form.get("at", ""), now)
    if at is None:
        return _asking(plan, now, _OLD)
    try:
        it = _prepared(plan)
        if it.upgrade:
            checkout.require_proved()
    except PolisError as refusal:
        return overview.page(refused=desk.refused(refusal))
    if it.upgrade and not signed_in.is_fresh():  # it spends more, and its cap is higher
        return signed_in.again({"to": plan})
    try:
        acting.change(place.here().organization.id, it, at)
    except PolisError as refusal:
        return _asking(plan, now, desk.refused(refusal))
    return redirect(f"{desk.PAGE}?done={'changed' if it.upgrade else 'planned'}", 303)


def _asking(plan: str, now: datetime, refused: Refusal | None = None) -> Response:
    try:
        it = _prepared(plan)
        preview = services().biller().preview(it.subscription_id, it.prices, now)
    except PolisError as refusal:
        return overview.page(refused=desk.refused(refusal))
    standing, account = _known(now)
    return place.page(
        "billing/plan.html",
        refused.status if refused else 200,
        it=it,
        before=plans.PLANS[it.before],
        after=plans.PLANS[it.after],
        preview=preview,
        priced_at=clock.milliseconds(preview.at),
        tokens=_tokens(it, standing, preview),
        standing=standing,
        cap_chosen=account.cap_chosen,
        refused=refused,
        fresh=signed_in.is_fresh(),
        mode=desk.mode(),
    )


def _prepared(plan: str) -> Change:
    with services().database.reading() as session:
        return changes.prepared(session, place.here().organization.id, desk.mode(), plan)


def _known(now: datetime) -> tuple[Standing, Subscribed]:
    its = desk.wallet()
    with services().database.reading() as session:
        account = subscribed.of(session, its.organization_id, its.mode)
        return wallets.standing(session, its, now), account


def _tokens(it: Change, standing: Standing, preview: Preview) -> int:
    start, end = standing.period_start, standing.period_end
    if not it.upgrade or start is None or end is None:
        return 0
    return max(0, prorated.difference(it.before, it.after, start, end, preview.at).tokens)


def _moment(text: str, now: datetime) -> datetime | None:
    """The moment whose price was shown, while it holds."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 13):
        return None
    at = clock.from_milliseconds(int(text))
    return at if now - _PRICE_HOLDS <= at <= now else None


_OLD = Refusal("The price was reckoned anew.", "It holds for 15 minutes. Nothing was changed.", 409)
