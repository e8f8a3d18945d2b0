"""Where the text is met, how people act there, and what can move them: one text for all people."""

from collections.abc import Sequence

from app.adapters.engines.embedded.decide import BASE_RATES
from app.adapters.engines.embedded.disposition import DECISIONS
from app.adapters.engines.llm.prompt.data import quoted
from app.domain.panel.audience import Audience
from app.domain.panel.reasons import Reasons
from app.domain.panel.shapes import Document
from app.domain.tariff.sizes import AUDIENCE, MARKS, head

_MET = {
    "tweet": "It is a post in a fast feed. People see its first words while scrolling.",
    "linkedin": "It is a post in a feed about work. People see its beginning while scrolling.",
    "url": "It is a web page they came to from somewhere else.",
    "markdown": "It is an article they opened on purpose.",
    "text": "It is a text that came before them.",
}
_ACTS = (
    "scroll is to pass by or leave, stay to read on, click to do what it asks for, save to keep it"
)
FIT = "fit"  # the one reason that lies in no words


def kinds(document: Document) -> tuple[str, ...]:
    """The things in or missing from a text that may move people, in a fixed order."""
    return (*sorted({cue.kind for cue in document.cues}), FIT)


def scene(document: Document, audience: Audience) -> str:
    """The framing before the text, in our own words; whom it is for, in the customer's, as data."""
    rates = BASE_RATES.get(document.content_type, BASE_RATES["text"])
    usual = ", ".join(
        f"{round(rate * 100)} {act}" for rate, act in zip(rates, DECISIONS, strict=True)
    )
    told = [
        _MET.get(document.content_type, _MET["text"]),
        f"Of a hundred people who meet a middling one: {usual} ({_ACTS}).",
        f"Things that may move people, by name: {_listed(document)}.",
    ]
    if audience.source == "given":
        told.append("Its author says whom it is for:")
        told.append(quoted("audience", (head(audience.text, AUDIENCE - MARKS),)))
    return "\n".join(told)


def _listed(document: Document) -> str:
    reasons = Reasons(document)
    return "; ".join(f"{kind} ({_named(reasons, kind)})" for kind in kinds(document))


def _named(reasons: Reasons, kind: str) -> str:
    sides: Sequence[str] = [
        side for side in (reasons.phrase(kind, 0), reasons.phrase(kind, 1)) if side
    ]
    return " or ".join(dict.fromkeys(sides))
