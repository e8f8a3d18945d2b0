"""The families by kind of cue, and what stands in for a kind nobody wrote for."""

from app.adapters.engines.embedded.voice.families import (
    address,
    asking,
    evidence,
    general,
    hooks,
    manners,
    money,
    plainness,
    promises,
    puff,
)
from app.adapters.engines.embedded.voice.family import Family

_MODULES = (
    evidence, money, asking, puff, plainness, hooks, address, promises, manners, general,
)  # fmt: skip

FAMILIES: dict[str, Family] = {
    kind: family
    for module in _MODULES
    for kind, family in module.FAMILIES.items()
} | {f"trait:{name}": family for name, family in general.TRAITS.items()}


def family_key(kind: str, *, present: bool) -> str:
    """The family that speaks for a kind of cue."""
    if kind in FAMILIES:
        return kind
    return "present" if present else "absent"


def trait_key(ref: str) -> str:
    """The family that speaks for a term that is no cue."""
    return f"trait:{ref}" if f"trait:{ref}" in FAMILIES else "leaning"
