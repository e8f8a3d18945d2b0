"""Deleting one's account, and undoing it: by signing in within seven days."""

from flask import Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain import deletion
from app.errors import Conflict, InvalidInput
from app.kit import clock
from app.web import place, signed_in
from app.web.organization import blueprint
from app.web.services import services

PAGE = "/app/settings/account"


@blueprint.get(PAGE)
@place.require()
def account_settings() -> Response:
    """Where one belongs, and the end of the account."""
    return _page({})


@blueprint.post(f"{PAGE}/delete")
@place.require(while_ending=True)
def delete_account() -> ResponseReturnValue:
    """Sign out everywhere; the account is gone when nobody undoes that."""
    if not signed_in.is_fresh():
        return redirect(signed_in.sign_in_address(PAGE, again=True), 303)
    try:
        with services().transaction() as session:
            typed, person = request.form.get("email", ""), signed_in.person()
            due = deletion.delete_account(session, person, typed, clock.now())
    except InvalidInput as error:
        return _page({"email": error.message}, 422)
    except Conflict as error:
        return _page({"email": f"{error.message} {error.hint}"}, 409)
    page = render_template("organization/account_deleted.html", due=due)
    answer = Response(page)
    signed_in.forget(answer)
    return answer


@blueprint.get(signed_in.UNDO)
def undo_account_page() -> ResponseReturnValue:
    """The one page of somebody whose account is being deleted."""
    person = signed_in.leaving()
    if person is None:
        return redirect(signed_in.HOME, 303)
    return render_template("organization/undo.html", it=person)


@blueprint.post(signed_in.UNDO)
def undo_account() -> ResponseReturnValue:
    """Let the account go on."""
    person = signed_in.leaving()
    if person is None:
        abort(404)
    with services().transaction() as session:
        deletion.undo_account(session, person.user_id, clock.now())
    return redirect(f"{PAGE}?done=undone", 303)


def _page(problems: dict[str, str], status: int = 200) -> Response:
    user_id = signed_in.person().user_id
    with services().database.reading() as session:
        held_back_by = deletion.left_without_owner(session, user_id)
        others = deletion.others_in_own(session, user_id)
    return place.page(
        "organization/account.html",
        status,
        problems=problems,
        held_back_by=held_back_by,
        others=others,
        days=deletion.UNDO.days,
        fresh=signed_in.is_fresh(),
        said=request.args.get("done", ""),
    )
