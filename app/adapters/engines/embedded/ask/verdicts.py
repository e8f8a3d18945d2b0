"""Answers that open with a yes, a no, a maybe or a number."""

from app.adapters.engines.embedded.ask.asked import Asked
from app.adapters.engines.embedded.ask.lines import parts, verdicts
from app.adapters.engines.embedded.ask.parts import about
from app.adapters.engines.embedded.ask.scene import would
from app.adapters.engines.embedded.ask.whatif.mending import mended
from app.adapters.engines.embedded.voice.fields.deep import willingness
from app.adapters.engines.embedded.voice.points import Point
from app.adapters.engines.embedded.voice.quote import reactions

_HIGH_TRUST = 7
_LOW_TRUST = 4
_KEEN = 6
_ACTS = (
    ("save", ("save", "bookmark", "keep it")),
    ("stay", ("read", "stay", "open", "finish")),
    ("scroll", ("scroll", "leave", "skip")),
)
_DEEDS = (("click", ("click", "tap", "sign")), ("save", ("save", "bookmark")),
          ("scroll", ("scroll", "leave", "left", "skip", "close")),
          ("stay", ("stay", "read on", "keep reading")))  # fmt: skip
_MONEY = ("price", "missing_price")
_WISHES = 2
_NEGATED = ("n't", " not ")
_ENGAGED = ("click", "save")


def why(asked: Asked) -> list[str]:
    """The reason for what they did, whatever the question took for granted."""
    decision = asked.seat.outcome.decision
    supposed = next((deed for deed, words in _DEEDS if _names(asked, words)), decision)
    negated = any(mark in asked.question.low for mark in _NEGATED)
    said = []
    if (supposed == decision) == negated:
        said.append(asked.speaker.say(verdicts.DID_NOT, asked.roles.lead, did=asked.did))
    said.append(asked.because(verdicts.WHY[decision], asked.roles.lead))
    return [*said, *asked.wordy([_other_side(asked, asked.roles.lead)])]


def change_mind(asked: Asked) -> list[str]:
    """What would move them, with the move computed where the change can be made."""
    disliked = asked.roles.disliked
    if not disliked or (asked.seat.outcome.decision in _ENGAGED and not asked.roles.lead.liked):
        point = next(iter(disliked), asked.roles.lead)
        return [asked.because(verdicts.MIND_KEPT, point)]
    wished = list(disliked[:_WISHES])
    said = [
        asked.speaker.say(lines, point, wish=asked.speaker.phrase(point.family.wishes, point))
        for lines, point in zip((verdicts.MIND_CHANGED, verdicts.MIND_TOO), wished, strict=False)
    ]
    edited = mended(asked.seat.document, wished)
    return said if edited is None else [*said, _computed(asked, wished[0], edited)]


def _computed(asked: Asked, point: Point, edited: str) -> str:
    before, after = asked.seat.outcome, asked.rerun(edited).outcome
    lines = verdicts.MIND_COMPUTED if after.intent > before.intent else verdicts.MIND_UNMOVED
    if after.decision != before.decision and after.intent > before.intent:
        lines = verdicts.MIND_TURNED
    return asked.speaker.say(
        lines,
        point,
        before=str(before.intent),
        after=str(after.intent),
        does=would(asked.seat.document.content_type, after.decision),
    )


def would_pay(asked: Asked) -> list[str]:
    """Whether they would pay, as they said in their reaction."""
    outcome = asked.seat.outcome
    answer = willingness(outcome.decision, outcome.intent)
    return _verdict(asked, verdicts.WOULD_PAY[answer], "desire", liked=answer == "yes")


def price(asked: Asked) -> list[str]:
    """What money has to do with it."""
    money = [point for point in asked.every if point.kind in _MONEY]
    figures = [point for point in money if any(map(str.isdigit, point.quote))]
    if money:
        return about(asked, (figures or money)[0])
    if not asked.seat.exposure.finished:
        last = asked.speaker.last_words()
        return [asked.speaker.say(verdicts.NO_PRICE_READ, asked.roles.lead, a=last)]
    return [asked.because(verdicts.NO_PRICE, asked.roles.lead)]


def would_act(asked: Asked) -> list[str]:
    """Whether they did or would do what is asked about."""
    answer = _acts(asked)
    lines = verdicts.ACTS[answer]
    return _verdict(asked, lines, "desire", liked=answer == "yes")


def score(asked: Asked) -> list[str]:
    """How far they would go, out of ten."""
    intent = asked.seat.outcome.intent
    point = asked.on("desire", liked=intent >= _KEEN)
    lead = next(iter(point), asked.roles.lead)
    return [asked.because(verdicts.SCORE, lead, n=str(intent)), *_more(asked, lead)]


def trust(asked: Asked) -> list[str]:
    """How far they trust it, out of ten."""
    level = asked.seat.outcome.trust
    mood = "high" if level >= _HIGH_TRUST else "low" if level < _LOW_TRUST else "middling"
    liked = None if mood == "middling" else mood == "high"
    lead = next(iter(asked.on("credibility", liked=liked)), asked.roles.lead)
    return [asked.because(verdicts.TRUST[mood], lead, n=str(level)), *_more(asked, lead)]


def opinion(asked: Asked) -> list[str]:
    """What they make of it."""
    lead = asked.roles.lead
    sentiment = asked.seat.outcome.sentiment
    if sentiment in ("positive", "negative"):
        wanted = sentiment == "positive"
        lead = next((p for p in asked.roles.all if p.liked == wanted), lead)
    return [asked.because(verdicts.OPINION[sentiment], lead), *_more(asked, lead)]


def _verdict(asked: Asked, lines: tuple[str, ...], dimension: str, *, liked: bool) -> list[str]:
    lead = next(iter(asked.on(dimension, liked=liked)), asked.roles.lead)
    return [asked.because(lines, lead, did=asked.did), *_more(asked, lead)]


def _more(asked: Asked, lead: Point) -> list[str]:
    return asked.wordy(["", _other_side(asked, lead)])[1:]


def _other_side(asked: Asked, lead: Point) -> str:
    """One more point: against the first if there is one, else beside it."""
    others = [point for point in asked.roles.all if point is not lead]
    if not others:
        return asked.speaker.say(reactions(lead), lead)
    other = next((point for point in others if point.liked != lead.liked), others[0])
    return asked.because(parts.ALSO if other.liked == lead.liked else parts.BUT, other)


def _acts(asked: Asked) -> str:
    outcome = asked.seat.outcome
    act = next((act for act, words in _ACTS if _names(asked, words)), "click")
    if act == "stay":
        return "no" if outcome.decision == "scroll" else "yes"
    if outcome.decision == act:
        return "yes"
    likely = act != "scroll" and outcome.decision != "scroll" and outcome.intent >= _KEEN
    return "maybe" if likely else "no"


def _names(asked: Asked, words: tuple[str, ...]) -> bool:
    return any(word in asked.question.low for word in words)
