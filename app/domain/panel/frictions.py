"""What stands in the way, ranked by what taking it away would change, with people's own words."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.panel.reasons import Reasons
from app.domain.panel.shapes import Json, Reaction

_MOST_QUOTES = 3
_TOP = 10.0
_HALF = 0.8  # summed loss at which a friction counts five of ten
_TRUST, _ENGAGED = 0.25, 2.0  # worth of a point of trust, and of the whole panel's engagement

# kind: (sentence for the report, words that give a mention away, stated-reason prior).
# The prior is the share of stated reasons in Habernal and Gurevych 2016; it only breaks ties.
_ABOUT: dict[str, tuple[str, str, float]] = {
    "hype": ("Big words without backing, {phrases}, cost trust", "hype claim word buzz", 0.11),
    "jargon": ("Insider words such as {phrases} lose readers", "jargon word term mean plain", 0.06),
    "hard_sentence": ("The sentence {phrases} is hard to get through", "sentence long read twice", 0.06),
    "vague_claim": ("{phrases} could be said of anything", "vague concrete specific anyone", 0.07),
    "urgency": ("The pressure in {phrases} puts readers on guard", "pressure hurry rush deadline", 0.07),
    "instruction": ("{phrases} gives orders to its readers and reads as a trick", "instruction trick order", 0.08),
    "shouting": ("The shouting in {phrases} reads as an advert", "shout loud caps exclamation", 0.08),
    "curiosity_gap": ("The tease {phrases} holds back what readers came for", "tease bait point", 0.06),
    "question": ("The question {phrases} asks before it gives", "question ask", 0.02),
    "filler": ("Filler such as {phrases} slows it down", "filler word slow", 0.03),
    "corporate_we": ("It talks about {phrases} more than about the reader", "we our company themselves", 0.03),
    "hashtag": ("The hashtags {phrases} look like a broadcast", "hashtag tag", 0.02),
    "emoji": ("The emoji {phrases} cost some readers' trust", "emoji", 0.02),
    "negativity": ("The grim words {phrases} weigh on it", "grim negative fear", 0.03),
    "positivity": ("The sunny words {phrases} add little", "sunny nice", 0.02),
    "price": ("The price {phrases} gives readers pause", "price cost pay money", 0.02),
    "ask": ("The request {phrases} comes before readers are ready", "ask sign click request", 0.02),
    "number": ("The figures {phrases} raise questions", "number figure", 0.02),
    "proof": ("The support offered, {phrases}, does not settle the doubt", "proof evidence source", 0.03),
    "social_proof": ("The talk of others, {phrases}, is not checkable", "customers others users", 0.03),
    "missing_price": ("No price is named", "price cost pay how much $", 0.02),
    "missing_proof": ("Nothing backs the claim: no source, no result, no example",
                      "proof evidence source example back show", 0.16),
    "missing_ask": ("It does not say what to do next", "next step do want from me", 0.04),
    "missing_benefit": ("It does not say what the reader gets out of it",
                        "for me benefit get out why care point", 0.08),
    "missing_audience": ("It does not say whom it is for", "who for me someone else", 0.05),
    "off_format_length": ("Its length does not suit the place it appears in", "long short length", 0.04),
    "fit": ("The subject is not one these readers follow", "subject topic mine world", 0.08),
}  # fmt: skip
# What could be added where nothing stands in the way; half a friction at most.
WISHES = {
    "proof": ("One checkable source or result would settle more doubts", "proof evidence source example"),
    "number": ("One concrete figure would carry more than the words around it", "number figure much many"),
    "benefit": ("What the reader gains could be said more directly", "for me benefit get point"),
    "audience": ("Naming the intended reader would make it land faster", "who for"),
    "candour": ("Saying what it does not do would earn trust", "catch limit downside trust"),
    "guarantee": ("A way to try or leave without risk would lower the bar", "risk try cancel free"),
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
        return round(_TOP * size / (size + _HALF) * (0.5 if self.wish else 1.0), 1)


def rank(losses: Sequence[Loss], most: int = 3) -> list[Loss]:
    """The gravest first; equal ones by how often people state such a reason."""
    return sorted(losses, key=lambda loss: (-loss.severity, -_prior(loss), loss.kind))[:most]


def described(
    losses: Sequence[Loss], reactions: Sequence[Reaction], reasons: Reasons
) -> list[Json]:
    """The frictions as the report shows them, each with people's own words."""
    used: set[str] = set()
    rows = []
    for loss in losses:
        evidence = _evidence(loss, reactions, reasons, used)
        used.update(item["quote"] for item in evidence)
        rows.append(
            {"point": _point(loss, reasons), "severity": loss.severity, "evidence": evidence}
        )
    return rows


def _prior(loss: Loss) -> float:
    return 0.0 if loss.wish else _ABOUT.get(loss.kind, ("", "", 0.0))[2]


def _point(loss: Loss, reasons: Reasons) -> str:
    if loss.wish:
        return f"{WISHES[loss.kind][0]}."
    sentence = _ABOUT.get(loss.kind, (f"{reasons.phrase(loss.kind, 1)} {{phrases}}", "", 0.0))[0]
    shown = reasons.surfaces.get(loss.kind, ())
    listed = ", ".join(shown[:3]) + (f" and {len(shown) - 3} more" if len(shown) > 3 else "")
    told = sentence.format(phrases=listed)
    return f"{told[0].upper()}{told[1:]}."


def _evidence(
    loss: Loss, reactions: Sequence[Reaction], reasons: Reasons, used: set[str]
) -> list[Json]:
    """Up to three quotes: of those who speak of it first, then of those it moved most."""
    marks = _marks(loss, reasons)
    found = []
    for one in reactions:
        moved = next((value for kind, value in one.state["reasons"] if kind == loss.kind), 0.0)
        for place, quote in enumerate(_said(one)):
            mentions = sum(mark in quote.lower() for mark in marks)
            found.append((-min(mentions, 2), round(moved, 6), place, one.number, quote))
    return _distinct(sorted(found), used)


def _distinct(found: Sequence[tuple[int, float, int, int, str]], used: set[str]) -> list[Json]:
    evidence: list[Json] = []
    seats: set[int] = set()
    texts = set(used)
    for mentions, _, _, number, quote in found:
        enough = evidence and not mentions  # unrelated words only where there are no others
        if len(evidence) == _MOST_QUOTES or enough:
            break
        if number not in seats and quote not in texts:
            seats.add(number)
            texts.add(quote)
            evidence.append({"quote": quote, "persona_id": f"p{number}"})
    return evidence or [
        {"quote": quote, "persona_id": f"p{number}"} for *_, number, quote in found[:1]
    ]


def _marks(loss: Loss, reasons: Reasons) -> list[str]:
    words = WISHES[loss.kind][1] if loss.wish else _ABOUT.get(loss.kind, ("", "", 0.0))[1]
    surfaces = [] if loss.wish else reasons.surfaces.get(loss.kind, ())
    return [*(shown.strip("“”…").lower() for shown in surfaces), *words.split()]


def _said(one: Reaction) -> list[str]:
    """Everything this person said that may be quoted, whole or by the sentence."""
    body = one.body
    said = [*body.get("objections", ()), body.get("quote", "")]
    thoughts = body.get("thinkAloud", "")
    begin = 0
    for place, char in enumerate(thoughts):
        if char in ".!?" and thoughts[place + 1 : place + 2] in ("", " "):
            said.append(thoughts[begin : place + 1].strip())
            begin = place + 1
    return [text for text in said if text]
