"""Answers about parts of the content."""

import re

from app.adapters.engines.embedded.ask.asked import Asked
from app.adapters.engines.embedded.ask.lines import parts
from app.adapters.engines.embedded.ask.mention import Mention
from app.adapters.engines.embedded.ask.question import Question
from app.adapters.engines.embedded.voice.literal import tight
from app.adapters.engines.embedded.voice.points import Point
from app.adapters.engines.embedded.voice.quote import reactions
from app.adapters.engines.embedded.voice.scene import position
from app.domain.panel.shapes import Cue

_CLEAR = re.compile(r"\bclear|clarity|underst|sense|follow")
_UNCLEAR = re.compile(
    r"unclear|confus|hard|difficult|lost|n't|\bnot\b|nothing|anything|puzzl|complic"
)
_KINDS = (
    ("numbers", ("number", "price", "date")),
    ("ask_part", ("ask", "link", "missing_ask", "urgency")),
    ("benefits", ("benefit", "missing_benefit")),
)
_WORDS = (
    ("hype", ("hype", "buzzword")),
    ("jargon", ("jargon", "acronym")),
    ("emoji", ("emoji",)),
    ("hashtag", ("hashtag",)),
    ("shouting", ("exclamation", "capital")),
    ("urgency", ("urgency", "deadline")),
    ("social_proof", ("testimonial", "customer")),
    ("guarantee", ("guarantee",)),
)


def favourite(asked: Asked) -> list[str]:
    """The part they liked best."""
    return _part(asked, asked.roles.liked, parts.FAVOURITE, parts.FAVOURITE, parts.FAVOURITE_NONE)


def least(asked: Asked) -> list[str]:
    """The part they liked least."""
    points = asked.roles.disliked
    absent = parts.LEAST_SEEN if points and points[0].seen else parts.LEAST_ABSENT
    return _part(asked, points, parts.LEAST, absent, parts.LEAST_NONE)


def first_impression(asked: Asked) -> list[str]:
    """What they saw first and thought."""
    point, speaker = asked.roles.noticed, asked.speaker
    where = position(point.place, len(speaker.read), finished=asked.seat.exposure.finished)
    saw = speaker.say(parts.FIRST, point, pos=where, **speaker.naming(point))
    return [saw, asked.naming(parts.FIRST_THOUGHT, point)]


def remember(asked: Asked) -> list[str]:
    """What stuck."""
    present = [point for point in asked.roles.all if point.quote]
    point = next(iter(present), asked.roles.lead)
    said = asked.speaker.say(parts.STUCK, point, **asked.speaker.naming(point))
    return [said, *asked.wordy(["", asked.speaker.say(reactions(point), point)])[1:]]


def confusing(asked: Asked) -> list[str]:
    """What they could not follow."""
    unclear = [p for p in asked.on("clarity", liked=False) if p.moved.get("clarity", 0.0) < 0]
    manner = _clearly(asked.question)
    if not unclear:
        return [asked.because(parts.CLEAR[manner], asked.roles.lead)]
    return _listed(asked, parts.CONFUSING[manner], unclear)


def _clearly(question: Question) -> str:
    """Whether they are asked if it is clear, if it is not, or what is not."""
    if not question.closed:
        return "open"
    return (
        "clear" if _CLEAR.search(question.low) and not _UNCLEAR.search(question.low) else "unclear"
    )


def missing(asked: Asked) -> list[str]:
    """What they looked for and did not find."""
    absent = [point for point in asked.roles.disliked if point.place is None and not point.seen]
    if not absent:
        return [asked.because(parts.MISSING_NONE, asked.roles.lead)]
    return _listed(asked, parts.MISSING, absent)


def objections(asked: Asked) -> list[str]:
    """What holds them back."""
    if not asked.roles.disliked:
        return [asked.because(parts.OBJECTION_NONE, asked.roles.lead)]
    return _listed(asked, parts.OBJECTION, asked.roles.disliked)


def questions(asked: Asked) -> list[str]:
    """What they would ask back."""
    points = (*asked.roles.disliked, *asked.roles.liked, asked.roles.lead)
    asks = [asked.speaker.say(p.family.wonders, p) for p in dict.fromkeys(points[:3])]
    return asked.wordy(asks)


def one_change(asked: Asked) -> list[str]:
    """What they would have changed."""
    points = asked.roles.disliked or asked.roles.liked or (asked.roles.lead,)
    return asked.wordy([asked.speaker.say(p.family.wishes, p) for p in points[:2]])


def opening(asked: Asked) -> list[str]:
    """What the first lines did."""
    early = [point for point in asked.roles.all if point.place in (0, 1)]
    point = next(iter(early), asked.roles.lead)
    lines = parts.OPENING_LIKED if point.liked else parts.OPENING_DISLIKED
    return [asked.because(lines, point, a=asked.speaker.first_words())]


def kind_of(asked: Asked, intent: str) -> list[str]:
    """What a kind of thing in the content did: figures, the ask, big words."""
    kinds = dict(_KINDS).get(intent) or tuple(
        kind for kind, words in _WORDS if any(word in asked.question.low for word in words)
    )
    points = [point for point in asked.every if point.kind in kinds]
    if points:
        return _of_kind(asked, points[0])
    lead = asked.roles.lead
    return [asked.speaker.say(parts.KIND_ABSENT, lead, **asked.speaker.naming(lead))]


def _of_kind(asked: Asked, point: Point) -> list[str]:
    if not point.quote:
        return about(asked, point)
    lines = parts.KIND_LIKED if point.liked else parts.KIND_DISLIKED
    said = asked.naming(lines, point)
    return asked.wordy([said, asked.speaker.say(reactions(point), point)])


def mentioned(asked: Asked, found: Mention) -> list[str]:
    """What a phrase of the content did."""
    inside = [point for point in asked.every if _touches(asked, point, found)]
    if inside:
        return about(asked, inside[0])
    if not any(span.start <= found.start < span.end for span in asked.speaker.read):
        return [
            asked.speaker.say(parts.PHRASE_UNREAD, asked.roles.lead, a=asked.speaker.last_words())
        ]
    lead = asked.roles.lead
    phrase = tight(found.text)
    named = f"“{phrase}”" if phrase else "that"
    return [asked.speaker.say(parts.PHRASE_NEUTRAL, lead, p=named, **asked.speaker.naming(lead))]


def _touches(asked: Asked, point: Point, found: Mention) -> bool:
    cue = next((cue for cue in asked.seat.document.cues if cue.id == point.ref), None)
    return cue is not None and cue.span_id is not None and _overlap(cue, found)


def _overlap(cue: Cue, found: Mention) -> bool:
    return cue.start < found.end and found.start < cue.end


def about(asked: Asked, point: Point) -> list[str]:
    """What one point did, in one or two sentences."""
    if not point.quote:
        return asked.wordy(
            [asked.because(parts.MISSING, point), asked.speaker.say(reactions(point), point)]
        )
    lines = parts.PHRASE_LIKED if point.liked else parts.PHRASE_DISLIKED
    return asked.wordy([asked.naming(lines, point), asked.speaker.say(reactions(point), point)])


def _part(
    asked: Asked,
    points: tuple[Point, ...],
    present: tuple[str, ...],
    absent: tuple[str, ...],
    none: tuple[str, ...],
) -> list[str]:
    if not points:
        return [asked.because(none, asked.roles.lead)]
    point = points[0]
    lines = present if point.quote else absent
    said = asked.naming(lines, point) if point.quote else asked.because(lines, point)
    return asked.wordy([said, asked.speaker.say(reactions(point), point)])


def _listed(
    asked: Asked, lines: tuple[str, ...], points: list[Point] | tuple[Point, ...]
) -> list[str]:
    first = asked.because(lines, points[0])
    return asked.wordy([first, *(asked.because(parts.ALSO, point) for point in points[1:3])])
