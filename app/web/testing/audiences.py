"""Saved audiences: listed, saved, renamed, deleted."""

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from app.domain import audiences
from app.domain.rights import Right
from app.errors import InvalidInput
from app.kit import clock
from app.web import place
from app.web.services import services
from app.web.testing import blueprint, desk

LIST = "/app/audiences"


@blueprint.get(LIST)
@place.require(Right.RUN)
def audiences_list() -> Response:
    """Every audience of the organization, and the form for another."""
    return _page()


@blueprint.post(LIST)
@place.require(Right.RUN)
def save_audience() -> ResponseReturnValue:
    """Save one."""
    here = place.here()
    try:
        with services().transaction() as session:
            audiences.save(
                session, here.organization.id, here.person.user_id, *_typed(), clock.now()
            )
    except InvalidInput as error:
        return _page(_problems(error), status=422)
    return redirect(f"{LIST}?done=saved", 303)


@blueprint.get(f"{LIST}/<audience_id>")
@place.require(Right.RUN)
def audience(audience_id: str) -> Response:
    """One of them, to be renamed, reworded or deleted."""
    return _one(audience_id)


@blueprint.post(f"{LIST}/<audience_id>")
@place.require(Right.RUN)
def change_audience(audience_id: str) -> ResponseReturnValue:
    """Rename or reword it."""
    here = place.here().organization.id
    try:
        with services().transaction() as session:
            audiences.change(session, here, audience_id, *_typed(), clock.now())
    except InvalidInput as error:
        return _one(audience_id, _problems(error), status=422)
    return redirect(f"{LIST}?done=changed", 303)


@blueprint.post(f"{LIST}/<audience_id>/delete")
@place.require(Right.RUN)
def delete_audience(audience_id: str) -> ResponseReturnValue:
    """Delete it; runs keep the words they were made with."""
    with services().transaction() as session:
        audiences.delete(session, place.here().organization.id, audience_id)
    return redirect(f"{LIST}?done=deleted", 303)


def _typed() -> tuple[str, str]:
    return request.form.get("name", ""), request.form.get("audience", "")


def _problems(error: InvalidInput) -> dict[str, str]:
    return {str(error.details["field"]): error.message}


def _page(problems: dict[str, str] | None = None, status: int = 200) -> Response:
    return place.page(
        "testing/audiences.html",
        status,
        saved=desk.saved(),
        room=audiences.MOST,
        typed=request.form,
        problems=problems or {},
        done=request.args.get("done", ""),
    )


def _one(audience_id: str, problems: dict[str, str] | None = None, status: int = 200) -> Response:
    with services().database.reading() as session:
        row = audiences.find(session, place.here().organization.id, audience_id)
        kept = {"name": row.name, "audience": row.text}
    return place.page(
        "testing/audience.html",
        status,
        id=audience_id,
        kept=kept,
        typed=request.form or kept,
        problems=problems or {},
    )
