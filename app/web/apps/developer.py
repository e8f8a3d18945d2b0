"""Developer apps: those there are, and the platforms one click makes another for."""

from typing import Any, NamedTuple

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.domain.clients import developer_apps, presets
from app.domain.grants.choices import Choice
from app.kit import ids
from app.web import signed_in
from app.web.apps import blueprint, desk
from app.web.services import services


class _Desk(NamedTuple):
    """One organization and the apps made for it."""

    organization: Choice
    apps: list[Any]  # rows of the domain, shown as they are


@blueprint.get(desk.LIST)
@signed_in.require
def developer_apps_list() -> ResponseReturnValue:
    """The apps of every organization they administer."""
    person, mine = signed_in.person(), desk.organizations()
    free = [each for each in mine if not each.why_not]
    with services().database.reading() as session:
        found = [
            _Desk(each, developer_apps.listed(session, person.user_id, each.id)) for each in free
        ]
    asked = request.args
    return render_template(
        "apps/developer/list.html",
        person=person,
        desks=found,
        closed=[each for each in mine if each.why_not],
        presets=presets.PRESETS,
        chosen=asked.get("organization", ""),
        again=presets.PRESETS.get(asked.get("preset", "")),
        deleted="deleted" in asked,
        form=ids.new("frm"),
    )
