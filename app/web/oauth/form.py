"""The one form the token endpoints read: urlencoded, each parameter once (RFC 6749 §3.2)."""

from collections.abc import Iterable, Mapping

from app.domain.clients.refusals import OAuthError

TYPE = "application/x-www-form-urlencoded"


def parameters(mimetype: str, lists: Iterable[tuple[str, list[str]]]) -> dict[str, str]:
    """The parameters of a request; one without a value counts as left out."""
    if mimetype != TYPE:
        raise OAuthError(f"Send the parameters as {TYPE}.")
    read = {}
    for name, given in lists:
        if len(given) > 1:
            raise OAuthError(f"{name[:40]} is there more than once.")
        if not given[0].isprintable():
            raise OAuthError(f"{name[:40]} holds characters that nothing of ours has.")
        if given[0]:
            read[name] = given[0]
    return read


def needed(form: Mapping[str, str], name: str) -> str:
    """A parameter that has to be there."""
    if name not in form:
        raise OAuthError(f"{name} is missing.")
    return form[name]
