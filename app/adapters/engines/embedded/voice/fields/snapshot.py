"""The fields every reaction has: the glance, what was noticed, the pause, the quote."""

from app.adapters.engines.embedded.voice.fields import looking
from app.adapters.engines.embedded.voice.points import Point
from app.adapters.engines.embedded.voice.quote import quote
from app.adapters.engines.embedded.voice.roles import Roles
from app.adapters.engines.embedded.voice.scene import glance_nouns, position
from app.adapters.engines.embedded.voice.speaker import Speaker
from app.domain.panel.shapes import Json


def snapshot(speaker: Speaker, roles: Roles) -> Json:
    """The body at the first level of detail."""
    outcome = speaker.seat.outcome
    return {
        "firstGlance": _first_glance(speaker, roles.lead),
        "decision": outcome.decision,
        "noticedFirst": _noticed(speaker, roles.noticed),
        "pause": _pause(speaker, roles),
        "quote": quote(speaker, roles),
        "intent": outcome.intent,
    }


def _first_glance(speaker: Speaker, point: Point) -> str:
    """Three words: a judgement, what it is about, what it is."""
    family = point.family
    judgement = speaker.stream.pick(family.glance_good if point.liked else family.glance_bad)
    noun = speaker.stream.pick(glance_nouns(speaker.seat.document.content_type))
    return speaker.record(f"{judgement} {speaker.topic()} {noun}", point)


def _noticed(speaker: Speaker, point: Point) -> str:
    finished = speaker.seat.exposure.finished
    where = position(point.place, len(speaker.read), finished=finished)
    return speaker.say(looking.NOTICED, point, pos=where, **speaker.naming(point))


def _pause(speaker: Speaker, roles: Roles) -> str:
    point = next((p for p in roles.rest if p is not roles.noticed), roles.second)
    schemata = looking.PAUSED_LEAVING
    if speaker.seat.outcome.decision != "scroll":
        schemata = looking.PAUSED_GOOD if point.liked else looking.PAUSED_BAD
    return speaker.say(schemata, point, c=speaker.clause(point))
