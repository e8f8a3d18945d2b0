"""After a reset: which keys and connections are still one's own."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain import held
from app.kit import clock
from app.web.account import blueprint, entry, form
from app.web.services import services
from app.web.signed_in import current, require_fresh


@blueprint.get("/keep")
@require_fresh
def keep() -> ResponseReturnValue:
    """Every living key and connection, neither answer chosen beforehand."""
    person = current()
    assert person is not None  # `require_fresh` saw to it
    with services().database.reading() as session:
        found = held.by_person(session, person.user_id, clock.now())
    if not found:
        return redirect(form.onward(), 303)
    return render_template("account/keep.html", held=found, onward=form.onward(), person=person)


@blueprint.post("/keep")
@require_fresh
def keep_button() -> ResponseReturnValue:
    """End what is not one's own any more, and go on."""
    person = current()
    assert person is not None  # `require_fresh` saw to it
    with services().transaction() as session:
        held.end_chosen(session, person.user_id, request.form, clock.now())
    return redirect(entry.beyond(form.onward()), 303)
