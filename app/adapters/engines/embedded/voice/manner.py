"""How a person talks, read off their traits."""

from dataclasses import dataclass

from app.domain.panel.shapes import Persona

_CLEAR = 0.35  # standard scores from which a leaning can be heard


@dataclass(frozen=True, slots=True)
class Manner:
    """Which marked schemata a person uses, and how much they say."""

    tags: str  # letters of family.Family's marks
    wordy: bool
    terse: bool
    hedging: bool
    warm: bool
    dry: bool
    blunt: bool


# What a manner adds to a reason, against and in favour; a person keeps to one.
_TICS = (
    ("hedging", ((", I think", ", I think"), (", at least to me", ", at least to me"),
                 (", as far as I can tell", ", as far as I can tell"),
                 (", I suppose", ", I suppose"), (", or maybe it's just today", ", I hope"))),
    ("warm", ((", which is a pity", ", which is nice"), (", sadly", ", happily"),
              (", alas", ", I'm glad to say"))),
    ("dry", ((", naturally", ", for once"), (", of course", ", of all things"),
             (", as usual", ", I'll give it that"))),
    ("blunt", ((", full stop", ", full stop"), (", plainly", ", plainly"))),
)  # fmt: skip


def tic_of(manner: Manner, turn: int) -> tuple[str, str]:
    """The turn of phrase a person adds to reasons: against something, and in its favour."""
    tics = next((tics for name, tics in _TICS if getattr(manner, name)), (("", ""),))
    return tics[turn % len(tics)]


def manner_of(persona: Persona) -> Manner:
    """The manner of a person; a trait nobody measured counts as average."""
    trait = persona.traits.get
    warmth = trait("A", 0.0) + 0.3 * trait("E", 0.0) - 0.4 * trait("skepticism", 0.0)
    caution = 0.6 * trait("N", 0.0) - 0.4 * trait("E", 0.0) + 0.4 * trait("A", 0.0)
    breadth = 0.5 * trait("need_for_cognition", 0.0) + 0.4 * trait("O", 0.0) + 0.2 * trait("E", 0.0)
    expertise = trait("expertise", 0.0)
    marks = {
        "w": warmth > _CLEAR,
        "d": warmth < -_CLEAR,
        "h": caution > _CLEAR,
        "b": caution < -_CLEAR,
        "x": expertise > 2 * _CLEAR,
        "n": expertise < -_CLEAR,
    }
    return Manner(
        tags="".join(tag for tag, heard in marks.items() if heard),
        wordy=breadth > _CLEAR,
        terse=breadth < -_CLEAR,
        hedging=marks["h"],
        warm=marks["w"],
        dry=marks["d"],
        blunt=marks["b"],
    )
