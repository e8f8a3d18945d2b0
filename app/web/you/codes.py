"""Recovery codes: shown right after they were made, and never again."""

from urllib.parse import quote

from flask import Response
from flask.typing import ResponseReturnValue

from app.domain.factors import having, recovery
from app.errors import Conflict
from app.kit import clock
from app.web import asked, place
from app.web.services import services
from app.web.you import blueprint, fresh

_PATH = "/app/settings/codes"


@blueprint.get(_PATH)
@fresh.require(_PATH)
def codes() -> Response:
    """How many are left, and a button for new ones."""
    with services().database.reading() as session:
        has = having.of(session, place.here().person.user_id)
    return place.page("you/codes.html", has=has, most_codes=recovery.MOST)


@blueprint.post(_PATH)
@fresh.require(_PATH)
def codes_button() -> ResponseReturnValue:
    """Make as many new ones as there may be; the old ones end."""
    return shown(told=True)


def shown(*, told: bool = False) -> Response:
    """New codes, to be copied, downloaded or printed now; those that replace others are told.

    The first ones come with a factor, and a letter has told of that.
    """
    person, its = place.here().person, services()
    with its.transaction() as session:
        if not having.is_set(session, person.user_id):
            raise Conflict("Recovery codes stand in for a second factor.", hint="Set one up first.")
        made = recovery.make(session, person.user_id, clock.now())
        if told:
            having.settle(session, person.user_id, "recovery codes made", clock.now())
    text = "\n".join([f"Recovery codes for {person.email} at {asked.base()}", "", *made, ""])
    file = f"data:text/plain;charset=utf-8,{quote(text)}"
    return place.page("you/codes_made.html", codes=made, file=file)
