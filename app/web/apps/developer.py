"""Developer apps: those there are, and the platforms one click makes another for."""

from flask import request
from flask.typing import ResponseReturnValue

from app.domain.clients import developer_apps, presets
from app.domain.rights import Right
from app.kit import ids
from app.web import place
from app.web.apps import blueprint, desk
from app.web.services import services


@blueprint.get(desk.LIST)
@place.require(Right.DEVELOPER_APPS)
def developer_apps_list() -> ResponseReturnValue:
    """The apps of the organization looked at."""
    here, asked = place.here(), request.args
    organization = next(each for each in desk.organizations() if each.id == here.organization.id)
    with services().database.reading() as session:
        apps, older = developer_apps.page(
            session, here.person.user_id, organization.id, asked.get("before", "")
        )
    return place.page(
        "apps/developer/list.html",
        organization=organization,
        apps=apps,
        older=older,
        paged="before" in asked,
        presets=presets.PRESETS,
        again=presets.PRESETS.get(asked.get("preset", "")),
        deleted="deleted" in asked,
        form=ids.new("frm"),
    )
