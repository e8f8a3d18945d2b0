"""Answers about people and manner: who it is for, who hears of it, how it sounds, who speaks."""

from app.adapters.engines.embedded.ask.asked import Asked
from app.adapters.engines.embedded.ask.lines import people
from app.adapters.engines.embedded.voice.fields.deep import eagerness, sharing, temperament
from app.adapters.engines.embedded.voice.fields.feeling import FIRST_FEELINGS
from app.adapters.engines.embedded.voice.literal import tight
from app.adapters.engines.embedded.voice.scene import first_person
from app.adapters.engines.embedded.voice.surface import with_article
from app.domain.panel.word_sets import word_set

_VERDICTS = {"keen": "yes", "lukewarm": "maybe", "cold": "no"}
_MARKS = " .,;:!?()\"'“”"
_OF_TONE = word_set(  # kinds that are a manner of speaking; a price is none
    "hype urgency shouting story candour second_person corporate_we emoji hashtag instruction"
    " jargon hard_sentence vague_claim filler positivity negativity question curiosity_gap"
)
_LENGTHS = ("off_format_length", "hard_sentence")


def audience(asked: Asked) -> list[str]:
    """Whom they think it is for."""
    known = _known(asked)
    who = asked.seat.persona
    if who.circle == "accidental":
        return [asked.because(people.OUTSIDER, asked.roles.lead)]
    mine = asked.seat.appraisal.relevance > 0
    if mine and known:
        lead, job = asked.roles.lead, with_article(who.occupation)
        return [asked.speaker.say(people.FOR_ME_KNOWN, lead, job=job, known=f"“{known}”")]
    point = next(iter(asked.on("relevance", liked=mine)), asked.roles.lead)
    return [asked.because(people.FOR_ME if mine else people.NOT_FOR_ME, point)]


def _known(asked: Asked) -> str | None:
    """A word of their own field in what they read, as it is written there."""
    read = [word for span in asked.speaker.read for word in span.text.split()]
    written = {word.strip(_MARKS).lower(): word.strip(_MARKS) for word in reversed(read)}
    found = [written[word] for word in asked.seat.persona.knows if word in written]
    return next((word for word in found if tight(word) == word), None)


def tone(asked: Asked) -> list[str]:
    """How it sounds to them."""
    point = next((p for p in asked.roles.all if p.kind in _OF_TONE), asked.roles.lead)
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
    exposure, lead = asked.seat.exposure, asked.roles.lead
    wrong = next((p for p in asked.roles.disliked if p.kind in _LENGTHS), None)
    if wrong is not None and asked.question.closed:
        return [asked.because(people.LENGTH_WRONG, wrong)]
    whole = people.LENGTH_WHOLE if asked.question.closed else people.READ_WHOLE
    lines = whole if exposure.finished else people.LENGTH_PART
    words = str(exposure.words)
    said = asked.speaker.say(lines, lead, words=words, a=asked.speaker.last_words())
    elsewhere = people.ELSEWHERE_GOOD if lead.liked else people.ELSEWHERE_BAD
    return asked.wordy([said, asked.because(elsewhere, lead)])


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
    facts = {"name": who.name, "age": str(who.age), "job": with_article(who.occupation)}
    facts["scene"] = first_person(who)
    leaning = temperament(asked.speaker)
    if leaning is None:
        return [asked.speaker.say(people.SELF_PLAIN, asked.roles.lead, **facts)]
    me = leaning[0].upper() + leaning[1:]
    return [asked.speaker.say(people.SELF, asked.roles.lead, me=me, **facts)]


def share(asked: Asked) -> list[str]:
    """Whom they would tell."""
    told = sharing(asked.speaker, asked.roles)
    if not asked.question.closed:
        return [told]
    verdict = _VERDICTS[eagerness(asked.seat.outcome)]
    return [asked.speaker.say(people.TELL[verdict], asked.roles.lead), told]
