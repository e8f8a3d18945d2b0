"""Why people did what they did, as a noun phrase: from their ledgers, in the content's words."""

from collections.abc import Mapping, Sequence

from app.domain.panel.shapes import Document, Reaction
from app.domain.panel.visible import quoted

# kind: (what drew people, what put them off); empty where it never does either.
_PHRASES: dict[str, tuple[str, str]] = {
    "number": ("the figures", "the figures"),
    "proof": ("the proof", "proof that did not convince"),
    "price": ("a stated price", "the price"),
    "ask": ("a clear next step", "being asked to act"),
    "social_proof": ("other people's word", "talk of other customers"),
    "hype": ("the big words", "hype words"),
    "jargon": ("the technical terms", "jargon"),
    "hard_sentence": ("the dense detail", "hard sentences"),
    "vague_claim": ("the promise", "vague claims"),
    "question": ("the question", "the question"),
    "curiosity_gap": ("curiosity", "the teasing tone"),
    "second_person": ("being addressed directly", "being addressed"),
    "negativity": ("the trouble it names", "the grim tone"),
    "urgency": ("the time limit", "the pressure to hurry"),
    "instruction": ("the odd instruction in it", "text that gives orders to its readers"),
    "guarantee": ("a way out", "the guarantee"),
    "candour": ("its candour", "its admissions"),
    "benefit": ("what it does for them", "the promised benefit"),
    "audience": ("being named as the reader", "being sorted into a group"),
    "story": ("the personal account", "the talk about oneself"),
    "positivity": ("the warm tone", "the sunny tone"),
    "filler": ("the easy tone", "filler words"),
    "shouting": ("the loudness", "the shouting"),
    "corporate_we": ("the people behind it", "company talk"),
    "link": ("a link to follow", "the link"),
    "hashtag": ("the hashtags", "the hashtags"),
    "emoji": ("the emoji", "the emoji"),
    "missing_price": ("", "no price"),
    "missing_proof": ("", "no proof"),
    "missing_ask": ("", "no next step"),
    "missing_benefit": ("", "nothing in it for them"),
    "missing_audience": ("", "no sign of whom it is for"),
    "off_format_length": ("", "the wrong length for the place"),
    "fit": ("a subject of their own", "a subject that is not theirs"),
}
_SHOWN = 2  # literal phrases that stand beside a reason
_SHORT = 40


class Reasons:
    """The reasons of any group of people, worded with the content's own phrases."""

    def __init__(self, document: Document) -> None:
        found: dict[str, list[str]] = {}
        for cue in document.cues:
            shown = quoted(cue.surface, _SHORT) if cue.surface else ""
            if shown and shown not in found.setdefault(cue.kind, []):
                found[cue.kind].append(shown)
        self.surfaces: Mapping[str, Sequence[str]] = found

    def draw(self, group: Sequence[Reaction]) -> str:
        """What drew this group most, or nothing."""
        return self._worded(_strongest(group, 1), 0)

    def brake(self, group: Sequence[Reaction], other_than: str = "") -> str:
        """What put this group off most, or nothing; `other_than` asks for the next one."""
        return self._worded(_strongest(group, -1, other_than), 1)

    def phrase(self, kind: str, side: int) -> str:
        """The bare noun phrase of a kind, for a name."""
        return _PHRASES.get(kind, (kind.replace("_", " "),) * 2)[side]

    def _worded(self, kind: str, side: int) -> str:
        if not kind:
            return ""
        shown = " and ".join(self.surfaces.get(kind, ())[:_SHOWN])
        phrase = self.phrase(kind, side)
        return f"{phrase} ({shown})" if shown else phrase


def pulls(group: Sequence[Reaction]) -> dict[str, float]:
    """The mean pull of every reason on this group, signed."""
    sums: dict[str, float] = {}
    for reaction in group:
        for kind, value in reaction.state["reasons"]:
            sums[kind] = sums.get(kind, 0.0) + value
    return {kind: round(value / len(group), 6) for kind, value in sorted(sums.items())}


def strongest(group: Sequence[Reaction], sign: int, other_than: str = "") -> str:
    """The kind that pulls this group most in one direction, or an empty word."""
    return _strongest(group, sign, other_than)


def _strongest(group: Sequence[Reaction], sign: int, other_than: str = "") -> str:
    if not group:
        return ""
    side = 0 if sign > 0 else 1
    found = {
        kind: value * sign
        for kind, value in pulls(group).items()
        if value * sign > _LEAST and kind != other_than and _PHRASES.get(kind, ("x", "x"))[side]
    }
    return max(found, key=lambda kind: (found[kind], kind)) if found else ""


_LEAST = 0.01
