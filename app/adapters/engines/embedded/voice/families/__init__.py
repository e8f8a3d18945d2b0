"""The families by kind of cue, and what stands in for a kind nobody wrote for."""

import re

from app.adapters.engines.embedded.voice.families import (
    address,
    asking,
    evidence,
    figures,
    first_screen,
    general,
    hooks,
    looks,
    manners,
    money,
    page,
    plainness,
    promises,
    puff,
)
from app.adapters.engines.embedded.voice.family import Family
from app.domain.panel.evidence import LOOKS
from app.domain.panel.shapes import Cue

_DATE = re.compile(r"\d(?:st|nd|rd|th)\b|\d:\d\d|\d\s?[ap]m\b")
_DIGIT = re.compile(r"\d")

_MODULES = (
    figures, evidence, money, asking, puff, plainness, hooks, address, promises, manners, looks,
    first_screen, page, general,
)  # fmt: skip

FAMILIES: dict[str, Family] = {
    kind: family for module in _MODULES for kind, family in module.FAMILIES.items()
} | {f"trait:{name}": family for name, family in general.TRAITS.items()}


def narrowed(cue: Cue) -> str:
    """The kind as a reader would draw the line: a date is no figure, and free is no price."""
    surface = cue.surface.lower()
    if cue.kind == "number" and _DATE.search(surface):
        return "date"
    if cue.kind == "price" and not _DIGIT.search(surface):
        return "free" if "free" in surface else "price_talk"
    return cue.kind


def family_key(kind: str, *, present: bool) -> str:
    """The family that speaks for a kind of cue."""
    if kind in FAMILIES and present != kind.startswith(("missing_", LOOKS)):
        return kind
    return "present" if present else "absent"


def trait_key(ref: str) -> str:
    """The family that speaks for a term that is no cue."""
    return f"trait:{ref}" if f"trait:{ref}" in FAMILIES else "leaning"
