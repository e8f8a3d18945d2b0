"""What each kind of refusal is called in HTTP, and what a status is called in an answer."""

from http import HTTPStatus

from app.errors import Kind, PolisError

STATUS = {
    Kind.INVALID: 422,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.UNPAID: 402,
    Kind.THROTTLED: 429,
    Kind.UNAVAILABLE: 503,
}

_NAMES = {
    413: "content_too_large",  # Python 3.13 renamed this one and 422
    422: "unprocessable_content",
    429: "rate_limited",  # as tools say it
}


def code_of(status: int) -> str:
    """The code of an error that is nothing but its status."""
    return _NAMES.get(status) or HTTPStatus(status).name.lower()


def details_of(error: PolisError) -> dict[str, object]:
    """The figures of a refusal; one bad field is told as a list of bad fields is."""
    details = dict(error.details)
    if "field" in details:
        details["fields"] = [{"field": details.pop("field"), "problem": error.message}]
    return details
