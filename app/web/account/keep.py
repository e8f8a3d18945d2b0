"""After a reset: which keys and connections are still one's own."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain import held
from app.kit import clock
from app.web import signed_in
from app.web.account import blueprint, entry, form
from app.web.services import services


@blueprint.get("/keep")
@signed_in.require_fresh
def keep() -> ResponseReturnValue:
    """Every living key and connection, neither answer chosen beforehand."""
    person = signed_in.person()
    with services().database.reading() as session:
        found = held.by_person(session, person.user_id, clock.now())
    if not found:
        return redirect(form.onward(), 303)
    return render_template("account/keep.html", held=found, onward=form.onward())


@blueprint.post("/keep")
@signed_in.require
def keep_button() -> ResponseReturnValue:
    """End what is not one's own any more, and go on."""
    if not signed_in.is_fresh():
        return signed_in.again({"next": form.onward()})
    with services().transaction() as session:
        held.end_chosen(session, signed_in.person().user_id, request.form, clock.now())
    return redirect(entry.beyond(form.onward()), 303)
