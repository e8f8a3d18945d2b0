"""Accounts elsewhere that sign a person in: unlinked here; linking goes there and back."""

from flask.typing import ResponseReturnValue

from app.domain import identities
from app.kit import clock
from app.web import place
from app.web.services import services
from app.web.you import blueprint, fresh


@blueprint.post("/app/settings/linked/<provider>/unlink")
@fresh.require()
def unlink(provider: str) -> ResponseReturnValue:
    """Have it sign nobody in any more."""
    with services().transaction() as session:
        identities.unlink(session, place.here().person.user_id, provider, clock.now())
    return fresh.done("unlinked")
