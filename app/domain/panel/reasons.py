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
    "layout_heading": ("", "a heading that hardly shows"),
    "layout_ask": ("", "no button in sight"),
    "layout_competing": ("", "too many buttons at once"),
    "layout_contrast": ("", "text that is hard to see"),
    "layout_crowded": ("", "a crowded first screen"),
    "layout_bare": ("", "an empty first screen"),
    "layout_long": ("", "the long way down"),
    "layout_phone": ("", "a page that fights a phone"),
    "fit": ("a subject of their own", "a subject that is not theirs"),
    "circle": ("", "not being the reader it was meant for"),
    "temper": ("an open mind", "their own reserve"),
    "moment": ("a good moment", "a bad moment"),
}
_SHOWN = 2  # literal phrases that stand beside a reason
_SHORT = 40
_FEW = 12.0  # words below which a wrong length means too short
_LEAST = 0.05  # pull below which a reason is none
_OF_THE_READER = ("temper", "moment", "circle")
_CONTRAST = 2.0  # weight of what sets a group apart beside what it shares


class Reasons:
    """The reasons of any group of people, worded with the content's own phrases."""

    def __init__(self, document: Document) -> None:
        found: dict[str, list[str]] = {}
        for cue in sorted(document.cues, key=lambda cue: (-cue.strength, cue.start)):
            shown = quoted(cue.surface, _SHORT) if cue.surface else ""
            known = found.setdefault(cue.kind, [])
            if shown and shown.lower() not in map(str.lower, known):
                known.append(shown)
        self.short = document.features.get("words", _FEW) < _FEW
        self.surfaces: Mapping[str, Sequence[str]] = found

    def draw(self, group: Sequence[Reaction], named: str = "") -> str:
        """The kind it is named for, else what drew this group most, or nothing."""
        return self._worded(named or strongest(group, 1), 0)

    def brake(self, group: Sequence[Reaction], named: str = "") -> str:
        """The kind it is named for, else what put this group off most, or nothing."""
        return self._worded(named or strongest(group, -1), 1)

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


def strongest(group: Sequence[Reaction], sign: int) -> str:
    """The kind that pulls this group most in one direction, or an empty word."""
    return _top(pulls(group), sign) if group else ""


def telling(
    group: Sequence[Reaction], everyone: Sequence[Reaction], sign: int, taken: str = ""
) -> str:
    """The kind that pulls this group that way and more than the others.

    `taken` already names another group: it is passed over where the next is half as strong.
    """
    if not group:
        return ""
    common, own = pulls(everyone), pulls(group)
    told = {
        kind: value + _CONTRAST * (value - common[kind])
        for kind, value in own.items()
        if value * sign > _LEAST
    }
    top = _top(told, sign)
    following = _top({kind: told[kind] for kind in told if kind != taken}, sign)
    close = following and told[following] * sign * 2 >= told[top] * sign
    return following if top == taken and close else top


def _top(values: Mapping[str, float], sign: int) -> str:
    """The strongest reason the content gives; the reader's own only where it gives none."""
    side = 0 if sign > 0 else 1
    found = {
        (kind not in _OF_THE_READER, round(value * sign, 6), kind)
        for kind, value in values.items()
        if value * sign > _LEAST and _PHRASES.get(kind, ("x", "x"))[side]
    }
    return max(found)[2] if found else ""
