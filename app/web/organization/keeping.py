"""How long runs are kept; a shorter time is asked about before anything is lost."""

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from app.domain import organizations, retention
from app.domain.rights import Right
from app.kit import clock
from app.web import place, signed_in
from app.web.organization import blueprint, settings
from app.web.services import services

_PATH = f"{settings.PAGE}/retention"
_FOR_EVER = "ever"


@blueprint.get(_PATH)
@place.require(Right.DELETION)
def keep_page() -> ResponseReturnValue:
    """The question, for whoever comes back to it from signing in."""
    days = _days(request.args.get("days", ""))
    return _question(days) if days is not None else redirect(settings.PAGE, 303)


@blueprint.post(_PATH)
@place.require(Right.DELETION)
def keep() -> ResponseReturnValue:
    """Keep runs for longer, or, once that was read and signed in for, for a shorter time."""
    here, typed = place.here(), request.form.get("days", "")
    days, where = _days(typed), here.organization.id
    if days is None and typed != _FOR_EVER:
        return settings.page(request.form, {"days": "Choose how long runs are kept."}, 422)
    with services().database.reading() as session:
        shorter = retention.is_shorter(days, organizations.kept_for(session, where))
    if shorter and not signed_in.is_fresh():
        return signed_in.again({"days": typed})
    if shorter and "sure" not in request.form:
        return _question(days)
    with services().transaction() as session:
        retention.keep_for(session, here.person, where, days, clock.now())
    return redirect(f"{settings.PAGE}?done={'shortened' if shorter else 'retention'}", 303)


def _question(days: int | None) -> Response:
    where, now = place.here().organization.id, clock.now()
    with services().database.reading() as session:
        going = retention.going(session, where, days, now)
    return place.page("organization/retention.html", days=days, going=going)


def _days(typed: str) -> int | None:
    """One of the choices; None for ever, and for what is none of them."""
    return next((each for each in retention.CHOICES if str(each) == typed), None)
