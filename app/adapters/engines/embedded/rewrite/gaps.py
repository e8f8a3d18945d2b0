"""Placeholders for what only the author knows; nothing is ever invented to fill them."""

from collections.abc import Callable

from app.domain.panel.shapes import Document

# kind of missing cue: the sentence that asks the author for it
GAPS = {
    "missing_proof": "[add source or a measured result].",
    "missing_price": "Price: [add price].",
    "missing_benefit": "[say what the reader gets].",
    "missing_audience": "[say who it is for].",
    "missing_ask": "[add next step].",
}
_CLOSING = ("ask", "link", "hashtag")


def gap_filler(kind: str) -> Callable[[Document], str]:
    """An edit that leaves room for one missing thing, before the closing request and links."""

    def fill(document: Document) -> str:
        missed = any(cue.kind == kind for cue in document.cues)
        return (
            _placed(document, GAPS[kind], last=kind == "missing_ask") if missed else document.text
        )

    return fill


def _placed(document: Document, sentence: str, *, last: bool) -> str:
    body = [span for span in document.spans if last or span.kind not in _CLOSING]
    anchor = body[-1] if body else document.spans[-1]
    text = document.text
    lined = "\n" in text.strip()
    bullet = anchor.kind == "bullet"
    head = text[: anchor.end]
    closed = head if head.rstrip()[-1:] in ".!?…:" or lined or not head.strip() else head + "."
    glue = "\n" if bullet else "\n\n" if lined else " "
    marker = "- " if bullet else ""
    return f"{closed}{glue}{marker}{sentence}{text[anchor.end :]}".strip()
