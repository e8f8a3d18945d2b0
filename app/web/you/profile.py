"""Name, time zone, mails, and the address one signs in with."""

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from app.domain import profile, time_zones
from app.domain.profile import Profile
from app.errors import InvalidInput
from app.kit import clock
from app.web import place
from app.web.services import services
from app.web.you import blueprint
from app.web.you.fresh import PROFILE


@blueprint.get(PROFILE)
@place.require()
def you() -> Response:
    """The form, as it was kept last."""
    with services().database.reading() as session:
        kept = profile.of(session, place.here().person.user_id)
    return _page(kept, {})


@blueprint.post(PROFILE)
@place.require()
def you_button() -> ResponseReturnValue:
    """Keep what was typed."""
    form = request.form
    wanted = Profile(form.get("name", ""), form.get("time_zone", ""), "product_mails" in form)
    try:
        with services().transaction() as session:
            profile.change(session, place.here().person.user_id, wanted, clock.now())
    except InvalidInput as error:
        return _page(wanted, {str(error.details["field"]): error.message}, 422)
    return redirect(f"{PROFILE}?done=saved", 303)


def _page(profile_: Profile, problems: dict[str, str], status: int = 200) -> Response:
    zones = [(each, each.replace("_", " ")) for each in time_zones.listed()]
    return place.page(
        "you/profile.html",
        status,
        profile=profile_,
        zones=zones,
        problems=problems,
        saved="done" in request.args,
    )
