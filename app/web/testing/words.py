"""The words of the pages of tests: types, details, circles."""

from app.domain import plans
from app.web.words import KINDS

TYPES = tuple((name, f"{kind[0].upper()}{kind[1:]}", "") for name, kind in KINDS.items())
_ADDS = {
    "snapshot": "first glance, decision, a quote",
    "standard": "adds what they thought, and why",
    "deep": "adds feelings, price and sharing",
}
DETAILS = tuple(
    (detail, detail.capitalize(), f"tokens a person: {plans.per_persona(detail)}; {adds}")
    for detail, adds in _ADDS.items()
)
CIRCLES = {
    "intended": "whom it is meant for",
    "adjacent": "close to them",
    "accidental": "passing by",
}
