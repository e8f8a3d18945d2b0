"""The fields of the second level: the thoughts, what worked, what did not, what is open."""

from app.adapters.engines.embedded.voice.fields import thinking
from app.adapters.engines.embedded.voice.points import Point
from app.adapters.engines.embedded.voice.quote import reactions
from app.adapters.engines.embedded.voice.roles import Roles, by_kind
from app.adapters.engines.embedded.voice.scene import deeds
from app.adapters.engines.embedded.voice.speaker import Speaker
from app.domain.panel.shapes import Json
from app.domain.panel.word_sets import word_set

_OBJECTIONS = 3
_QUESTIONS = 2
_UNCLEAR = word_set("jargon hard_sentence vague_claim missing_benefit missing_audience missing_ask")


def standard(speaker: Speaker, roles: Roles) -> Json:
    """What the body adds at the second level of detail."""
    outcome = speaker.seat.outcome
    body: Json = {
        "thinkAloud": _think_aloud(speaker, roles),
        "objections": _objections(speaker, roles),
        "openQuestions": _open_questions(speaker, roles),
        "trust": outcome.trust,
        "sentiment": outcome.sentiment,
        "oneChange": _one_change(speaker, roles),
        "resonated": _resonated(speaker, roles),
        "confused": _confused(speaker, roles),
        "stuckPhrase": speaker.stuck(roles.all),
    }
    return {name: value for name, value in body.items() if value is not None}


def _think_aloud(speaker: Speaker, roles: Roles) -> str:
    """Two to four sentences: a thought, a turn, for some a third, and the decision."""
    rest = roles.disliked if roles.soured else roles.rest
    order = tuple(dict.fromkeys((*(p for p in rest if p in roles.rest), roles.lead, roles.second)))
    opening, *others = order
    turn = next((p for p in others if p.liked != opening.liked), next(iter(others), None))
    said = [speaker.say(thinking.OPENING, opening, c=speaker.clause(opening))]
    if turn is not None and not speaker.manner.terse:
        schemata = thinking.TURN if turn.liked != opening.liked else thinking.MORE
        said.append(speaker.say(schemata, turn, c=speaker.clause(turn)))
    third = next((p for p in order if p is not opening and p is not turn), None)
    if speaker.manner.wordy and third is not None:
        said.append(speaker.say(reactions(third), third))
    return " ".join((*said, _decided(speaker, roles.lead)))


def _decided(speaker: Speaker, point: Point) -> str:
    words = {
        name: speaker.chosen(choices)
        for name, choices in deeds(speaker.seat.document.content_type).items()
    }
    schemata = thinking.DECIDED[speaker.seat.outcome.decision, point.liked]
    return speaker.say(schemata, point, c=speaker.clause(point), **words)


def _objections(speaker: Speaker, roles: Roles) -> list[str]:
    most = _OBJECTIONS - speaker.manner.terse
    return [speaker.say(point.family.bad, point) for point in by_kind(roles.disliked)[:most]]


def _open_questions(speaker: Speaker, roles: Roles) -> list[str]:
    points = (*by_kind(roles.disliked), *roles.liked, roles.lead)[
        : 1 if speaker.manner.terse else _QUESTIONS
    ]
    return [speaker.say(point.family.wonders, point) for point in dict.fromkeys(points)]


def _one_change(speaker: Speaker, roles: Roles) -> str:
    point = next(iter((*roles.disliked, *roles.liked)), roles.lead)
    return speaker.say(point.family.wishes, point)


def _resonated(speaker: Speaker, roles: Roles) -> str | None:
    if not roles.liked or roles.soured:
        return None
    point = speaker.least_said(roles.liked[:3])
    return speaker.say(thinking.RESONATED, point, c=speaker.clause(point))


def _confused(speaker: Speaker, roles: Roles) -> str | None:
    unclear = [p for p in roles.disliked if p.kind in _UNCLEAR or p.moved.get("clarity", 0.0) < 0]
    if not unclear:
        return None
    point = speaker.least_said(unclear)
    return speaker.say(thinking.CONFUSED, point, c=speaker.clause(point))
