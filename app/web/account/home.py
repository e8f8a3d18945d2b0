"""Once more the link that proves an address, the way out, and the way on to a client."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from app.web import marks, signed_in
from app.web.account import blueprint, entry, form, letters
from app.web.account.form import Form
from app.web.services import services
from app.web.signed_in import HOME, require


@blueprint.post(HOME)
@require
def verify_button() -> ResponseReturnValue:
    """Send the link that proves the address once more."""
    person = signed_in.person()
    if person.verified:
        return redirect(HOME, 303)
    typed = Form(person.email, "", form.onward(), {})
    return letters.send_again(person, typed)


@blueprint.post("/logout")
def logout() -> ResponseReturnValue:
    """End the session here and on the server."""
    with services().transaction() as session:
        entry.end_former(session)
    answer = redirect("/login", 303)
    signed_in.forget(answer)
    marks.left()
    return answer


@blueprint.get("/continue")
@require
def onward() -> ResponseReturnValue:
    """A page between a form of ours and a client: from here a browser may be sent anywhere."""
    path = form.onward()
    page = render_template("account/continue.html", path=path)
    return page, 200, {"Refresh": f"0; url={path}"}
