"""The one form the token endpoints read: urlencoded, each parameter once (RFC 6749 §3.2)."""

from flask import request

from app.domain.clients.refusals import OAuthError

_TYPE = "application/x-www-form-urlencoded"


def read() -> dict[str, str]:
    """The parameters of this request; one without a value counts as left out."""
    if request.mimetype != _TYPE:
        raise OAuthError(f"Send the parameters as {_TYPE}.")
    values = request.form.lists()
    for name, given in values:
        if len(given) > 1:
            raise OAuthError(f"{name[:40]} is there more than once.")
        if not given[0].isprintable():
            raise OAuthError(f"{name[:40]} holds characters that nothing of ours has.")
    return {name: given[0] for name, given in request.form.lists() if given[0]}


def needed(form: dict[str, str], name: str) -> str:
    """A parameter that has to be there."""
    if name not in form:
        raise OAuthError(f"{name} is missing.")
    return form[name]
