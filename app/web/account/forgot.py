"""A forgotten password: a link to choose a new one."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.web.account import blueprint, form, letters
from app.web.account.form import Form
from app.web.signed_in import current


@blueprint.get("/forgot")
def forgot() -> str:
    """The form that asks for the address."""
    person = current()
    return _page(form.empty()._replace(email=person.email if person else ""))


@blueprint.post("/forgot")
def forgot_button() -> ResponseReturnValue:
    """Send a link if the address has an account, and say the same if it has none."""
    typed = form.sent(password=False)
    return (_page(typed), 422) if typed.problems else letters.send("reset", typed)


def _page(typed: Form) -> str:
    return render_template("account/forgot.html", form=typed)
