"""What is wrong with the fields of a test, in a person's words, each beside its field."""

from app.errors import InvalidInput, PolisError
from app.web import formats
from app.web.words import KINDS

FIELDS = {
    "content_type": "The type",
    "content": "The text",
    "url": "The address",
    "url_mode": "How the page is read",
    "audience": "The audience",
    "persona_count": "The number of people",
    "detail": "Detail",
    "label": "The label",
    "seed": "The seed",
    "variants": "The variants",
}
_ARTICLE = KINDS["markdown"].capitalize()
# Where it is said, and what to do in this form: the refusal's own hint is for programs.
_OF_PAGES = {
    "url_blocked": ("url", f"Choose {_ARTICLE} and paste its text."),
    "url_unreachable": ("url", f"Check it, or choose {_ARTICLE} and paste its text."),
    "visual_unavailable": (
        "url_mode",
        f"Have only its text read, or choose {_ARTICLE} and paste its text.",
    ),
}
_REQUIRED = "is required"
_IDS = {"content": "text"}  # every page has a #content already


def of(error: PolisError) -> dict[str, str] | None:
    """A sentence for each bad field; None where a refusal is about no field."""
    if error.code in _OF_PAGES:
        field, hint = _OF_PAGES[error.code]
        variant = error.details.get("variant")
        return {field if variant is None else f"{field}-{variant}": f"{error.message} {hint}"}
    if not isinstance(error, InvalidInput):
        return None
    named = error.details.get("fields")
    if not isinstance(named, list):
        return {str(error.details.get("field", "text")): error.message}
    return {_id(each["field"]): _sentence(each["field"], each["problem"]) for each in named}


def _id(field: str) -> str:
    """A field's name on our pages: `variants.1.content` is `content-1` there."""
    first, _, rest = field.partition(".")
    number, _, name = rest.partition(".")
    return f"{name}-{number}" if first == "variants" and name else _IDS.get(first, first)


def _sentence(field: str, problem: str) -> str:
    last = field.rpartition(".")[2]
    named = FIELDS.get(last, last)
    if problem.startswith(_REQUIRED):
        return f"{named} is missing."
    return f"{named} {formats.numbers(problem)}."
