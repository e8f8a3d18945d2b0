"""The shape of a family: everything that can be said about one kind of cue."""

from dataclasses import dataclass

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Schemata for one kind of cue, by what saying them is for.

    A schema is a sentence without capital and full stop. `[a|b]` is one of several wordings,
    `{q}` a slot; a leading letter and colon keeps it for one manner: `w:` warm, `d:` dry,
    `b:` blunt, `h:` hedged, `x:` expert, `n:` newcomer.
    """

    noun: str  # what the cue is called in passing
    glance_good: Lines  # one adjective each
    glance_bad: Lines
    liked: Lines  # whole reactions
    disliked: Lines
    good: Lines  # finite clauses that fit after "because"
    bad: Lines
    wonders: Lines  # questions
    wishes: Lines  # what to change, as a request
