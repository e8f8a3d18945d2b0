"""What stands in the way, ranked by what taking it away would change, with people's own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from app.domain.panel.evidence import LOOKS, Subject, Testimony
from app.domain.panel.reasons import Reasons, pulls
from app.domain.panel.shapes import Json, Reaction

MOST = 3
FELT = 0.3  # severity from which something stands in the way at all
_WISH = 0.3  # worth of a wish beside a fault of the same size
_TOP = 10.0
_HALF = 0.8  # summed loss at which a friction counts five of ten
_TRUST, _ENGAGED = 0.25, 2.0  # worth of a point of trust, and of the whole panel's engagement

# kind: (sentence for the report, phrases that give a mention away, stated-reason prior).
# The prior is the share of stated reasons in Habernal and Gurevych 2016; it only breaks ties.
_ABOUT: dict[str, tuple[str, str, float]] = {
    "hype": ("Big words without backing, {phrases}, cost trust", "hype, big word, adjective", 0.11),
    "jargon": (
        "Insider and office words such as {phrases} lose readers", "jargon, plain word", 0.06),
    "hard_sentence": (
        "Hard to get through: {phrases}", "sentence, read twice", 0.06),
    "vague_claim": ("{phrases} could be said of anything", "vague, concrete, anyone could", 0.07),
    "urgency": ("The pressure in {phrases} puts readers on guard", "pressure, rush, hurry", 0.07),
    "instruction": (
        "Orders to whoever reads it, {phrases}, look like a trick", "orders, instruction", 0.08),
    "shouting": ("The shouting in {phrases} reads as an advert", "shout, loud, capitals", 0.08),
    "curiosity_gap": (
        "The tease {phrases} holds back what readers came for", "tease, bait, just say", 0.06),
    "question": ("The question {phrases} asks before it gives", "question", 0.02),
    "filler": ("Filler such as {phrases} slows it down", "filler, padding", 0.03),
    "corporate_we": (
        "It talks about {phrases} more than about the reader", "about them, themselves", 0.03),
    "hashtag": ("The hashtags {phrases} look like a broadcast", "hashtag", 0.02),
    "emoji": ("The emoji {phrases} cost some readers' trust", "emoji", 0.02),
    "negativity": ("The grim words {phrases} weigh on it", "grim, gloom, scare", 0.03),
    "positivity": ("The sunny words {phrases} add little", "sunny, cheer", 0.02),
    "price": ("The price {phrases} gives readers pause", "price, cost", 0.02),
    "ask": ("The request {phrases} comes before readers are ready", "asked to, too soon", 0.02),
    "number": ("The figures {phrases} raise questions", "figure, number", 0.02),
    "proof": ("The support offered, {phrases}, does not settle the doubt", "prove, evidence", 0.03),
    "social_proof": (
        "The talk of others, {phrases}, is not checkable", "customers, who are they", 0.03),
    "missing_price": ("No price is named", "price, cost, how much, pay", 0.02),
    "missing_proof": ("Nothing backs the claim: no source, no result, no example",
                      "proof, prove, evidence, source, back it, show me, example", 0.16),
    "missing_ask": ("It does not say what to do next",
                    "next step, what to do, want me to, supposed to do, do with it", 0.04),
    "missing_benefit": (
        "It does not say what the reader gets out of it",
        "does for me, do for me, easier for me, change for me, what i get, what do i get, why i d"
        ", why would i, save me, a benefit, gets to me",
        0.08),
    "missing_audience": ("It does not say whom it is for",
                         "is for, for whom, someone like me, meant for", 0.05),
    "off_format_length": (
        "Its length does not suit the place it appears in",
        "too long, too short, length, shorter, so little, short for, is that all, half of"
        ", half a thought, waiting for the rest, waiting after, enough to go on, stops before"
        ", second line, nothing around, come with more",
        0.04),
    "layout_heading": (
        "The page does not open on a heading that stands out", "heading, title", 0.02),
    "layout_ask": (
        "No button stands where visitors look for the next step",
        "no button, a button, to press, to tap", 0.03),
    "layout_competing": (
        "Too many buttons compete on the first screen", "buttons, which button, every button"
        ", one button", 0.03),
    "layout_contrast": (
        "Part of the text is hard to tell from its background",
        "contrast, faint, squint, hard to see", 0.03),
    "layout_crowded": (
        "The first screen is crowded with words",
        "wall of, crowded, crammed, packed, so many words, less of a wall", 0.02),
    "layout_bare": (
        "The first screen says next to nothing", "empty, emptiness, blank, bare", 0.02),
    "layout_long": (
        "The page goes on for many screens", "scroll bar, scrolling, screens", 0.02),
    "layout_phone": ("The page is hard to use on a phone", "phone, thumb", 0.03),
    "fit": (
        "The subject is not one these readers follow",
        "isn't my thing, isn't for me, doesn't concern me, just isn't, reached me, felt nothing",
        0.08),
}  # fmt: skip
# Phrases that give talk of a kind away.
MARKS = {kind: marks.split(", ") for kind, (_, marks, _) in _ABOUT.items()}
# What could be added where fewer than three things stand in the way.
WISHES = {
    "proof": ("One more checkable source or result would settle more doubts",
              "proof, prove, evidence, source, who checked, for myself, and on whom, recent"),
    "number": ("One more concrete figure would carry more than the words around it",
               "how much, how many, specific, compared with what, the average, whole bill, figure"),
    "benefit": ("What the reader gains could be said more directly",
                "for me, in it for, what do i get, do i gain, a case like mine, where am i"),
    "audience": ("Naming the intended reader would make it land faster",
                 "is for, for whom, someone like me, meant for, a case like mine, like mine"),
    "story": ("One short first-hand case would hold attention longer",
              "example, case, someone, picture, real"),
    "candour": ("Saying what it does not do would earn trust", "catch, limit, downside, trust"),
    "guarantee": ("A way to try or leave without risk would lower the bar",
                  "risk, try, cancel, commit, effort"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loss:
    """What one kind of cue costs a panel, from a re-run without it."""

    kind: str
    utility: float  # mean gain of pull without it
    trust: float  # mean gain of trust, in points
    engaged: float  # gain of the share that does not scroll past
    wish: bool = False  # the kind is absent and would help

    @property
    def severity(self) -> float:
        """Nought to ten, one decimal."""
        size = max(self.utility + _TRUST * self.trust + _ENGAGED * self.engaged, 0.0)
        return round(_TOP * size / (size + _HALF) * (_WISH if self.wish else 1.0), 1)


class Voices:
    """What a panel said, asked about one loss after another."""

    def __init__(self, reactions: Sequence[Reaction], reasons: Reasons) -> None:
        self.reasons = reasons
        self._testimony = Testimony(reactions)
        self._liked = [kind for kind, value in pulls(reactions).items() if value > 0]

    def speak_of(self, loss: Loss) -> bool:
        """Whether anybody's own words are about it."""
        return self._testimony.speaks(self._subject(loss))

    def about(self, loss: Loss, used: set[str]) -> list[Json]:
        """Their words about it, none that was used."""
        return self._testimony.about(self._subject(loss), used)

    def _subject(self, loss: Loss) -> Subject:
        words = WISHES[loss.kind][1] if loss.wish else _ABOUT.get(loss.kind, ("", "", 0.0))[1]
        surfaces = self.reasons.surfaces
        own = () if loss.wish else surfaces.get(loss.kind, ())
        praised = [
            text for kind in self._liked if kind != loss.kind for text in surfaces.get(kind, ())
        ]
        return Subject(loss.kind, loss.wish, own, words.split(", "), praised, self._aside(loss))

    def _aside(self, loss: Loss) -> list[str]:
        """Words about a page's layout, where that is another matter."""
        surfaces = self.reasons.surfaces
        kinds = [kind for kind in surfaces if kind.startswith(LOOKS) and kind != loss.kind]
        return [word for kind in kinds for word in MARKS[kind]]


def rank(losses: Sequence[Loss], voices: Voices) -> list[Loss]:
    """The three gravest faults that somebody speaks of.

    Then other faults and voiced wishes, the heaviest first; wishes nobody voices only fill up.
    """
    ordered = sorted(losses, key=_gravest)
    faults = [loss for loss in ordered if not loss.wish and loss.severity >= FELT]
    named = {loss.kind.removeprefix("missing_") for loss in faults}
    wishes = [loss for loss in ordered if loss.wish and loss.kind not in named]
    chosen = list(islice(filter(voices.speak_of, faults), MOST))
    if len(chosen) < MOST:
        voiced = [loss for loss in wishes if voices.speak_of(loss)]
        others = [loss for loss in (*faults, *voiced) if loss not in chosen]
        chosen += sorted(others, key=_gravest)
        chosen += [loss for loss in wishes if loss not in voiced]
    return sorted(chosen[:MOST], key=_gravest)


def described(losses: Sequence[Loss], voices: Voices) -> list[Json]:
    """The frictions as the report shows them, each with people's own words."""
    used: set[str] = set()
    rows = []
    for loss in losses:
        evidence = voices.about(loss, used)
        used.update(item["quote"] for item in evidence)
        point = _point(loss, voices.reasons)
        rows.append({"point": point, "severity": loss.severity, "evidence": evidence})
    return rows


def _gravest(loss: Loss) -> tuple[float, float, str]:
    return -loss.severity, -_prior(loss), loss.kind


def _prior(loss: Loss) -> float:
    return 0.0 if loss.wish else _ABOUT.get(loss.kind, ("", "", 0.0))[2]


def _point(loss: Loss, reasons: Reasons) -> str:
    if loss.wish:
        return f"{WISHES[loss.kind][0]}."
    sentence = _ABOUT.get(loss.kind, (f"{reasons.phrase(loss.kind, 1)} {{phrases}}", "", 0.0))[0]
    shown = reasons.surfaces.get(loss.kind, ())
    if loss.kind == "off_format_length":
        sentence = (
            "It is too short to say much" if reasons.short else "It is too long for its place"
        )
    told = sentence.format(phrases=_listed(shown[:3]) or "that")
    return f"{told[0].upper()}{told[1:]}."


def _listed(phrases: Sequence[str]) -> str:
    """The phrases as a sentence lists them: a, b and c."""
    *before, last = phrases or ("",)
    return f"{', '.join(before)} and {last}" if before else last
