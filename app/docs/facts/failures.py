"""What else may go wrong: keys that are not given, and runs that fail."""

from typing import Any

PROVISIONING = {
    "account_exists": (
        "The address has an account. Its owner signs in and makes a key; a mail says how."
    ),
    "pending_claim": (
        "The address got a key before, or somebody signed up with it; nobody has confirmed it. "
        "Follow the link in the mail it got."
    ),
}
FAILURES = {
    "engine_unavailable": "The panel could not be run. Start it again later.",
    "unavailable": "The database was away. Start it again later.",
    "url_unreachable": "The page did not come. Check its address, or send its text.",
    "not_a_page": (
        "What answered is no page with text: a PDF or a picture, a page that is empty without "
        "scripts, or one that asks visitors to sign in. Send the text itself."
    ),
    "too_large": (
        "The page has more bytes than are fetched, or is built too intricately. "
        "Send the part that matters."
    ),
    "url_blocked": "The page led to an address that is never fetched. Send its text.",
    "refunded": "The operator gave the whole price back. There is no report any more.",
    "visual_unavailable": (
        "The machine that took the run has no browser to look with. "
        "Use `url_mode` `copy`, or start it again later."
    ),
}


def facts() -> dict[str, Any]:
    """The codes of both, each with what it means and what mends it."""
    return {"provisioning": PROVISIONING, "failures": FAILURES}
