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
    noun = point.family.noun if point.quote else "line"
    return speaker.say(looking.NOTICED, point, pos=where, noun=noun, **speaker.naming(point))


def _pause(speaker: Speaker, roles: Roles) -> str:
    point = speaker.least_said(roles.rest or roles.all)
    leaving = speaker.seat.outcome.decision == "scroll"
    return speaker.say(looking.PAUSED[leaving, point.liked], point, c=speaker.clause(point))
