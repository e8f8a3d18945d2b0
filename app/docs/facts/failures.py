"""What else may go wrong: keys that are not given, and runs that fail."""

from typing import Any

from app.domain import pages

PROVISIONING = {
    "account_exists": (
        "The address has an account. Its owner signs in and makes a key; a mail says how."
    ),
    "pending_claim": (
        "The address got a key before, or somebody signed up with it; nobody has confirmed it. "
        "The mail it got leads on."
    ),
}
_OF_PAGES = {
    "url_unreachable": "The page did not answer. Check the address, or send its text.",
    "not_a_page": "What answered is no page with text. Send the text itself.",
    "too_large": "The page is larger than is read. Send the part that matters.",
    "url_blocked": "The page led to an address that is never fetched. Send its text.",
}
FAILURES = {
    "engine_unavailable": "The panel could not be run. Start it again later.",
    **(_OF_PAGES if pages.FETCHES_PAGES else {}),
}


def facts() -> dict[str, Any]:
    """The codes of both, each with what it means and what mends it."""
    return {"provisioning": PROVISIONING, "failures": FAILURES}
