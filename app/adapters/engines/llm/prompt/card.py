"""The person, last: who they are, how they are today, and how far they read."""

from app.adapters.engines.embedded.disposition import Disposition
from app.adapters.engines.llm.prompt.text import Shown
from app.domain.panel.noise import total
from app.domain.panel.shapes import Exposure, Persona

_CLEAR = 0.6  # standard scores from which a trait can be noticed
_MANY = 5  # traits a card names, the clearest
_TRAITS = {
    "A": ("hard to please", "kind in judgement"),
    "C": ("careless with plans", "orderly"),
    "E": ("keeps to themselves", "likes company"),
    "N": ("calm", "easily worried"),
    "O": ("likes the familiar", "likes new ideas"),
    "need_for_cognition": ("dislikes long reasoning", "likes to think things through"),
    "skepticism": ("trusting", "doubts claims"),
    "price_sensitivity": ("does not mind prices", "watches prices"),
    "expertise": ("new to the subject", "knows the subject well"),
    "novelty": ("in no need of news", "curious about new things"),
}
_CIRCLES = {
    "intended": "one of the people it is meant for",
    "adjacent": "near the people it is meant for",
    "accidental": "not one of the people it is meant for",
}


def card(persona: Persona, disposition: Disposition, exposure: Exposure, text: Shown) -> str:
    """A short table; long stories about a person pull a model into playing a type."""
    rows = (
        ("id", persona.id),
        ("name", persona.name),
        ("age", str(persona.age)),
        ("work", persona.occupation),
        ("relation to the text", _CIRCLES.get(persona.circle, _CIRCLES["adjacent"])),
        ("situation", persona.context),
        ("character", _character(persona)),
        ("today", _today(disposition)),
        ("read", _read(exposure, text)),
    )
    return "\n".join(f"{name}: {value}" for name, value in rows)


def _character(persona: Persona) -> str:
    found = sorted(
        (
            (-abs(score), name, score > 0)
            for name, score in persona.traits.items()
            if name in _TRAITS
        )
    )
    clear = [_TRAITS[name][high] for size, name, high in found if -size > _CLEAR]
    return ", ".join(clear[:_MANY]) or "middling in most things"


def _today(disposition: Disposition) -> str:
    mood = total(disposition.mood) / len(disposition.mood)
    haste = (
        "in a hurry"
        if disposition.haste < -_CLEAR
        else "with time"
        if disposition.haste > _CLEAR
        else "with a moment"
    )
    temper = (
        "short of patience"
        if mood < -0.3
        else "well disposed"
        if mood > 0.3
        else "in no special mood"
    )
    return f"{haste}, {temper}"


def _read(exposure: Exposure, text: Shown) -> str:
    last = text.read(exposure)
    if last == text.whole:
        return "all of it"
    return (
        f"lines 1 to {last} of {text.whole}, then decided" if last > 1 else "line 1, then decided"
    )
