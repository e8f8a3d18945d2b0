"""One person's answer as the panel keeps it: the body people read, the state figures come of."""

import re
from collections.abc import Sequence
from typing import Any

from app.adapters.engines.embedded.decide import pull
from app.adapters.engines.embedded.weights import DIMENSIONS
from app.adapters.engines.llm.answers.draw import drawn
from app.adapters.engines.llm.answers.gate import Gate
from app.adapters.engines.llm.answers.shape import Depths, Figures, Glance, Person, Thoughts
from app.domain.panel.shapes import Json, Reaction

_GLANCE = ("firstGlance", "noticedFirst", "pause", "quote")
_THOUGHTS = ("thinkAloud", "oneChange")
_IF_ANY = ("resonated", "confused")
_DEPTHS = ("emotionalArc", "wouldPay", "shareWith", "comparedTo", "personalContext")
_MOST = {"objections": 3, "openQuestions": 2}
_REASONS = 4
_SCALE = 5.0  # of ratings
_WORTH = 0.3  # of a reason's effect beside the embedded engine's pulls
_GLANCED = 3  # words
_MARKS = re.compile(r"[“”\"«»]")  # three words are no quotation, and cut off they are half of one


def reaction(
    seated: Reaction, person: Person, gate: Gate, luck: Sequence[float], kinds: Sequence[str]
) -> Reaction | list[str]:
    """The reaction of a seat, or which of its fields hold nothing but invented quotes."""
    said = gate.passed(person)
    empty = _empty(said)
    if empty:
        return [
            f"{name}: quotes words that are not in the lines this person read" for name in empty
        ]
    outcome = _outcome(said, luck)
    levels = {name: getattr(said.ratings, name) / _SCALE for name in DIMENSIONS}
    outcome["utility"] = pull([levels[name] for name in DIMENSIONS])
    body = _body(said, gate, outcome)
    state = {
        **seated.state,
        "outcome": outcome,
        "levels": levels,
        "reasons": _reasons(said, kinds),
        "dropped": gate.dropped,
    }
    return Reaction(seated.number, seated.persona, body, state)


def _empty(said: Person) -> list[str]:
    needed = [*_GLANCE]
    needed += _THOUGHTS if isinstance(said, Thoughts) else ()
    needed += _DEPTHS if isinstance(said, Depths) else ()
    return [name for name in needed if not _filled(getattr(said, name))]


def _filled(value: Any) -> bool:
    return bool(value.answer and value.why) if hasattr(value, "why") else bool(value)


def _outcome(said: Figures, luck: Sequence[float]) -> Json:
    return {
        "decision": drawn(said.probabilities.model_dump(), luck),
        "intent": said.intent,
        "trust": said.trust,
        "sentiment": said.sentiment,
    }


def _body(said: Person, gate: Gate, outcome: Json) -> Json:
    """The fields in the order every reaction has them."""
    body = _glance(said, outcome)
    if isinstance(said, Thoughts):
        body |= _thoughts(said, gate, outcome)
    if isinstance(said, Depths):
        body |= {name: getattr(said, name) for name in _DEPTHS}
        body["wouldPay"] = said.wouldPay.model_dump()
    return body


def _glance(said: Glance, outcome: Json) -> Json:
    return {
        "firstGlance": " ".join(_MARKS.sub("", said.firstGlance).split()[:_GLANCED]),
        "decision": outcome["decision"],
        "noticedFirst": said.noticedFirst,
        "pause": said.pause,
        "quote": said.quote,
        "intent": outcome["intent"],
    }


def _thoughts(said: Thoughts, gate: Gate, outcome: Json) -> Json:
    found: Json = {
        "thinkAloud": said.thinkAloud,
        **{name: getattr(said, name)[:most] for name, most in _MOST.items()},
        "trust": outcome["trust"],
        "sentiment": outcome["sentiment"],
        "oneChange": said.oneChange,
        **{name: getattr(said, name) for name in _IF_ANY},
        "stuckPhrase": gate.literal(said.stuckPhrase),
    }
    return {name: value for name, value in found.items() if value or value == 0}


def _reasons(said: Figures, kinds: Sequence[str]) -> list[list[str | float]]:
    """What moved them, strongest first; a thing the text has not cannot have."""
    found: dict[str, int] = {}
    for reason in said.reasons:
        if reason.about in kinds and reason.effect:
            found.setdefault(reason.about, reason.effect)
    ordered = sorted(found.items(), key=lambda item: (-abs(item[1]), item[0]))
    return [[kind, round(effect * _WORTH, 4)] for kind, effect in ordered[:_REASONS]]
