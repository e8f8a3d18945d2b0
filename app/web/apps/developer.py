"""Developer apps: the list, one-click apps for the platforms people know, and each app's page."""

from typing import Any, NamedTuple

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.clients import developer, developer_apps, presets
from app.domain.clients.developer import DoneBefore
from app.domain.clients.developer_app import App
from app.domain.grants.choices import Choice
from app.errors import NotFound
from app.kit import ids
from app.web import signed_in
from app.web.apps import blueprint, desk
from app.web.services import services

_NOTICES = {
    "saved": "Saved.",
    "on": "It may act for its organization.",
    "off": "It acts alone no more.",
    "before": "This was done already; the secret was shown then.",
}


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


@blueprint.post(desk.LIST)
@signed_in.require
def from_preset() -> ResponseReturnValue:
    """Make a platform's app with one click."""
    form = request.form
    preset = presets.PRESETS.get(form.get("preset", ""))
    if preset is None:
        raise NotFound("There is no such platform.", hint=f"See {desk.LIST} for those there are.")
    chosen = form.get("organization", "")
    if not signed_in.is_fresh():
        return signed_in.again({"preset": form["preset"], "organization": chosen})
    return made(chosen, preset.app, form.get("form", ""))


@blueprint.get(f"{desk.LIST}/<app_id>")
@signed_in.require
def developer_app(app_id: str) -> ResponseReturnValue:
    """One app: what its platform asks for, its secrets, and what can be done with it."""
    told = next((text for name, text in _NOTICES.items() if name in request.args), "")
    return desk.page(desk.find(app_id), notice=told)


@blueprint.post(f"{desk.LIST}/<app_id>")
@signed_in.require_fresh
def switch(app_id: str) -> ResponseReturnValue:
    """Let the app act for its organization by itself, or no longer."""
    on = request.form.get("acts_alone") == "on"
    with services().transaction() as session:
        developer.let_act_alone(session, desk.actor(), app_id, on=on)
    return redirect(f"{request.path}?{'on' if on else 'off'}", 303)


@blueprint.errorhandler(DoneBefore)
def _done_before(refusal: DoneBefore) -> ResponseReturnValue:
    """A form that came twice: what it made is there, and its secret is not told again."""
    return redirect(f"{desk.LIST}/{refusal.details['app_id']}?before", 303)


def made(organization_id: str, app: App, form: str) -> ResponseReturnValue:
    """Make an app and show its page, with the secret that is known only now."""
    with services().transaction() as session:
        new = developer.create(session, desk.actor(), organization_id, app, form=form[:60])
        app_id, secret = new.row.id, new.secret
    return desk.page(desk.find(app_id), secret, made=True), 201
