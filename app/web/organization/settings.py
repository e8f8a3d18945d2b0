"""The settings page of an organization, and its name."""

from collections.abc import Mapping

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from app.domain import deletion, exports, organizations, retention
from app.domain.rights import Right
from app.errors import InvalidInput
from app.kit import clock
from app.web import place
from app.web.organization import blueprint
from app.web.services import services

PAGE = "/app/settings/organization"


@blueprint.get(PAGE)
@place.require()
def organization_settings() -> Response:
    """What is set for everybody in it; each part for those who may change it."""
    return page({}, {})


@blueprint.post(f"{PAGE}/name")
@place.require(Right.MEMBERS)
def rename() -> ResponseReturnValue:
    """Call it something else."""
    here = place.here()
    try:
        with services().transaction() as session:
            by, where = here.person.user_id, here.organization.id
            organizations.rename(session, by, where, request.form.get("name", ""), clock.now())
    except InvalidInput as error:
        return page(request.form, {"name": error.message}, 422)
    return redirect(f"{PAGE}?done=name", 303)


def page(typed: Mapping[str, str], problems: dict[str, str], status: int = 200) -> Response:
    """The page, with what was typed."""
    here, now = place.here(), clock.now()
    with services().database.reading() as session:
        days = organizations.kept_for(session, here.organization.id)
        may = here.may(Right.EXPORT)
        made = exports.listed(session, here.organization.id, now) if may else []
    return place.page(
        "organization/settings.html",
        status,
        days=days,
        choices=retention.CHOICES,
        exports=made,
        export_days=exports.LIFE.days,
        undo_days=deletion.UNDO.days,
        may_name=here.may(Right.MEMBERS),
        may_keep=here.may(Right.DELETION),
        may_export=may,
        may_delete=here.may(Right.DELETION),
        typed=typed,
        problems=problems,
        said=request.args.get("done", ""),
    )
