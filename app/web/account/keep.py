"""After a reset: which keys and connections are still one's own."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain import held
from app.domain.held import Held
from app.kit import clock
from app.web import signed_in
from app.web.account import blueprint, entry, form
from app.web.services import services

_ANSWERS = {"keep", "end"}
_UNANSWERED = "“{}” needs an answer: keep it or end it."
_NO_PROBLEMS: Mapping[str, str] = MappingProxyType({})


@blueprint.get("/keep")
@signed_in.require_fresh
def keep() -> ResponseReturnValue:
    """Every living key and connection, neither answer chosen beforehand."""
    person = signed_in.person()
    with services().database.reading() as session:
        found = held.by_person(session, person.user_id, clock.now())
    if not found:
        return redirect(form.onward(), 303)
    return _page(found)


@blueprint.post("/keep")
@signed_in.require
def keep_button() -> ResponseReturnValue:
    """End what is not one's own any more, and go on; what nobody spoke of is asked about again."""
    if not signed_in.is_fresh():
        return signed_in.again({"next": form.onward()})
    its, user_id = services(), signed_in.person().user_id
    with its.database.reading() as session:
        found = held.by_person(session, user_id, clock.now())
    unanswered = [each for each in found if request.form.get(each.id) not in _ANSWERS]
    if unanswered:
        return _page(found, {each.id: _UNANSWERED.format(each.name) for each in unanswered}), 422
    with its.transaction() as session:
        held.end_chosen(session, user_id, request.form, clock.now())
    return redirect(entry.beyond(form.onward()), 303)


def _page(found: Sequence[Held], problems: Mapping[str, str] = _NO_PROBLEMS) -> str:
    """With the answers that were given already."""
    return render_template(
        "account/keep.html",
        held=found,
        answers=request.form,
        problems=problems,
        onward=form.onward(),
    )
