"""Deleting an organization, and undoing it for seven days."""

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from app.domain import deletion
from app.domain.rights import Right
from app.errors import InvalidInput
from app.kit import clock
from app.web import place, signed_in
from app.web.organization import blueprint, settings
from app.web.services import services

_PATH = f"{settings.PAGE}/delete"


@blueprint.get(_PATH)
@place.require(Right.DELETION)
def deletion_page() -> Response:
    """What goes, and when."""
    return _page({})


@blueprint.post(_PATH)
@place.require(Right.DELETION)
def delete() -> ResponseReturnValue:
    """Stop the organization now; it is gone when nobody undoes that."""
    here = place.here()
    if not signed_in.is_fresh():
        return signed_in.again({})
    try:
        with services().transaction() as session:
            typed = request.form.get("name", "")
            deletion.delete_organization(
                session, here.person, here.organization.id, typed, clock.now()
            )
    except InvalidInput as error:
        return _page({"name": error.message}, 422)
    return redirect(settings.PAGE, 303)


@blueprint.post(f"{settings.PAGE}/undo")
@place.require(Right.DELETION, while_ending=True)
def undo_deletion() -> ResponseReturnValue:
    """Let it go on as it was."""
    here = place.here()
    with services().transaction() as session:
        deletion.undo_organization(session, here.person, here.organization.id, clock.now())
    return redirect(f"{settings.PAGE}?done=undone", 303)


def _page(problems: dict[str, str], status: int = 200) -> Response:
    return place.page(
        "organization/delete.html",
        status,
        problems=problems,
        days=deletion.UNDO.days,
        fresh=signed_in.is_fresh(),
    )
