"""What is known, and not known, about how far this engine's panels resemble people."""

from app.domain.panel.shapes import Document, Json

_NOTE = (
    "A simulation with weights set by hand from published findings; no figure of this format has"
    " been checked against people. Use it to find problems and to compare wordings, and confirm"
    " with people. Intervals are sampling error of the simulation only."
)
_FOREIGN = (
    " The content does not read as English: word lists do not apply, so only structure, figures,"
    " prices and length were weighed."
)
_NOT_VALIDATED = (
    "absolute rates", "individual personas", "segments", "purchase intent",
    "friction severities", "predicted gain of the rewrite",
)  # fmt: skip


def validity(document: Document) -> Json:
    """The validity block of a report."""
    return {
        "level": "unvalidated-format",
        "task": None,
        "accuracy": None,
        "ci": None,
        "data": None,
        "baseline": None,
        "ceiling": None,
        "not_validated": list(_NOT_VALIDATED),
        "language": document.language,
        "note": _NOTE + (_FOREIGN if document.language != "en" else ""),
    }
