"""Placeholders for what only the author knows; nothing is ever invented to fill them."""

from collections.abc import Callable

from app.domain.panel.shapes import Document, Span

# kind of missing cue: the sentence that asks the author for it
GAPS = {
    "missing_proof": "[add source, example or measured result].",
    "missing_price": "Price: [add price].",
    "missing_benefit": "[say what the reader gets].",
    "missing_audience": "[say who it is for].",
    "missing_ask": "[add next step].",
}
_INNER = "%)]\"”'’*_"  # noqa: RUF001 - what a sentence may end on before its stop


def gap_filler(kind: str) -> Callable[[Document], str]:
    """An edit that leaves room for one missing thing, beside the last statement."""

    def fill(document: Document) -> str:
        missed = any(cue.kind == kind for cue in document.cues)
        return (
            _placed(document, GAPS[kind], last=kind == "missing_ask") if missed else document.text
        )

    return fill


def _placed(document: Document, sentence: str, *, last: bool) -> str:
    text = document.text
    anchor = document.spans[-1] if last else _anchor(document)
    head, tail = text[: anchor.end], text[anchor.end :]
    if anchor.kind == "bullet":
        return f"{head}\n{_marker(text, anchor)}{sentence}{tail}"
    if "\n" in text.strip() and (not tail or tail.startswith("\n")):
        return f"{head}\n\n{sentence}{tail}"
    last_said = head.rstrip()[-1:]
    stop = "." if last_said.isalnum() or last_said in _INNER else ""  # none after an emoji
    return f"{head}{stop} {sentence}{tail}"


def _marker(text: str, anchor: Span) -> str:
    """What opens the bullets of this list."""
    line = text.rfind("\n", 0, anchor.start) + 1
    lead = text[line : anchor.start]
    return lead if not any(char.isalnum() for char in lead) else "- "


def _anchor(document: Document) -> Span:
    """The last statement: a placeholder belongs with what is claimed, not after the request."""
    stated = [
        span
        for span in document.spans
        if span.kind in ("sentence", "bullet") and not span.text.rstrip().endswith("?")
    ]
    return stated[-1] if stated else document.spans[-1]
