"""An audience saved from the form it was typed into."""

from app.domain import audiences
from app.domain.audiences import Saved
from app.errors import InvalidInput
from app.kit import clock
from app.web import place
from app.web.services import services
from app.web.testing.typed import Panel, Problems

_FIELDS = {"name": "audience_name", "audience": "audience"}


def save(panel: Panel, saved: list[Saved]) -> tuple[Panel, Problems]:
    """Save the words under the name beside them, and choose what was saved."""
    here = place.here()
    try:
        with services().transaction() as session:
            id_ = audiences.save(
                session,
                here.organization.id,
                here.person.user_id,
                panel.audience_name,
                panel.said(saved),
                clock.now(),
            )
    except InvalidInput as error:
        return panel, {_FIELDS[str(error.details["field"])]: error.message}
    return panel._replace(saved=id_, audience_name=""), {}
