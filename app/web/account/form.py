"""What somebody typed into a form, and what is wrong with it, field by field."""

from collections.abc import Callable
from typing import NamedTuple

from flask import request

from app.domain import accounts
from app.errors import InvalidInput
from app.web.signed_in import next_path


class Form(NamedTuple):
    """The fields of the account's forms; `problems` has a sentence for each that will not do."""

    email: str
    password: str
    onward: str
    problems: dict[str, str]

    def check(self, test: Callable[[], None]) -> None:
        """Keep the refusal of a test beside the field it names."""
        try:
            test()
        except InvalidInput as error:
            self.problems.setdefault(str(error.details["field"]), error.message)


def sent(*, password: bool = True, email: bool = True) -> Form:
    """The form that was sent, its address as we compare it."""
    typed = request.form.get("email", "").strip()
    form = Form(typed, request.form.get("password", ""), onward(), {})
    if email:
        form.check(lambda: _check_email(typed))
    if password and not form.password:
        form.problems["password"] = "Enter a password."  # noqa: S105 # a sentence
    if email and not form.problems.get("email"):
        form = form._replace(email=accounts.normal_email(typed))
    return form


def empty() -> Form:
    """A form nobody has sent yet."""
    return Form("", "", onward(), {})


def onward() -> str:
    """Where the person wants to go on to, kept through every form."""
    return next_path(request.values.get("next"))


def _check_email(typed: str) -> None:
    if not typed:
        raise InvalidInput("Enter your email address.", field="email")
    accounts.normal_email(typed)
