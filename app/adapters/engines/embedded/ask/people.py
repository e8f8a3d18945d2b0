"""Answers about people and manner: who it is for, who hears of it, how it sounds, who speaks."""

from app.adapters.engines.embedded.ask.asked import Asked
from app.adapters.engines.embedded.ask.lines import people
from app.adapters.engines.embedded.voice.fields.deep import personal, sharing
from app.adapters.engines.embedded.voice.fields.feeling import FIRST_FEELINGS
from app.adapters.engines.embedded.voice.scene import first_person
from app.adapters.engines.embedded.voice.surface import with_article

_LENGTHS = ("off_format_length", "hard_sentence")


def audience(asked: Asked) -> list[str]:
    """Whom they think it is for."""
    mine = asked.on("relevance")
    point = next(iter(mine), asked.roles.lead)
    if asked.seat.persona.circle == "accidental":
        return [asked.because(people.OUTSIDER[1:], point)]
    lines = people.FOR_ME if asked.seat.appraisal.relevance > 0 else people.NOT_FOR_ME
    wanted = asked.on("relevance", liked=asked.seat.appraisal.relevance > 0)
    return [asked.because(lines, next(iter(wanted), point))]


def tone(asked: Asked) -> list[str]:
    """How it sounds to them."""
    point = asked.roles.lead
    family = point.family
    words = family.glance_good if point.liked else family.glance_bad
    lines = people.TONE_GOOD if point.liked else people.TONE_BAD
    return [asked.because(lines, point, adjective=asked.speaker.stream.pick(words).lower())]


def feeling(asked: Asked) -> list[str]:
    """How it made them feel."""
    noticed, lead = asked.roles.noticed, asked.roles.lead
    first = asked.speaker.stream.pick(FIRST_FEELINGS[noticed.liked])
    others = [word for word in FIRST_FEELINGS[lead.liked] if word != first]
    return [asked.because(people.FEELING, lead, f1=first, f2=asked.speaker.stream.pick(others))]


def length(asked: Asked) -> list[str]:
    """How far they read and whether that was long."""
    exposure = asked.seat.exposure
    wrong = next((p for p in asked.roles.disliked if p.kind in _LENGTHS), None)
    if wrong is not None:
        return [asked.because(people.LENGTH_WRONG, wrong)]
    lines = people.LENGTH_WHOLE if exposure.finished else people.LENGTH_PART
    words = str(exposure.words)
    return [asked.because(lines, asked.roles.lead, words=words, a=asked.speaker.last_words())]


def alternatives(asked: Asked) -> list[str]:
    """What they set it against."""
    rivals = people.RIVALS.get(asked.seat.document.content_type, people.RIVALS["text"])
    return [
        asked.because(people.ALTERNATIVE, asked.roles.lead, rival=asked.speaker.stream.pick(rivals))
    ]


def summarise(asked: Asked) -> list[str]:
    """The content in their words and its own."""
    return [asked.because(people.SUMMARY, asked.roles.lead, a=asked.speaker.first_words())]


def persona(asked: Asked) -> list[str]:
    """Who they are and how they came to read."""
    who = asked.seat.persona
    return [
        asked.speaker.say(
            people.SELF,
            asked.roles.lead,
            name=who.name,
            age=str(who.age),
            job=with_article(who.occupation),
            scene=first_person(who),
            me=personal(asked.speaker),
        )
    ]


def share(asked: Asked) -> list[str]:
    """Whom they would tell."""
    return [sharing(asked.speaker, asked.roles)]
