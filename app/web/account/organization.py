"""Making an organization, and looking at another one."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain import belonging, organizations
from app.errors import InvalidInput
from app.kit import clock
from app.web import signed_in
from app.web.account import blueprint, entry, form
from app.web.services import services

_PATH = "/app/organizations/new"


@blueprint.get(_PATH)
@signed_in.require
def organization() -> str:
    """The form, with where to go on to."""
    return _page("", {})


@blueprint.post(_PATH)
@signed_in.require
def organization_button() -> ResponseReturnValue:
    """Make it, and go on."""
    name = request.form.get("name", "")
    try:
        with services().transaction() as session:
            organizations.make(session, signed_in.person(), name, clock.now())
    except InvalidInput as error:
        return _page(name, {"name": error.message}), 422
    return redirect(entry.beyond(form.onward()), 303)


@blueprint.post("/app/organization")
@signed_in.require
def look_at() -> ResponseReturnValue:
    """Look at another organization of theirs, from its overview on."""
    with services().transaction() as session:
        belonging.choose(session, signed_in.person(), request.form.get("organization", ""))
    return redirect(signed_in.HOME, 303)


def _page(name: str, problems: dict[str, str]) -> str:
    return render_template(
        "account/organization.html",
        name=name,
        problems=problems,
        onward=form.onward(),
    )
