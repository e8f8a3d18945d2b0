"""From a question to an answer: what it is after, who answers that, and whether anyone can."""

from collections.abc import Callable

from app.adapters.engines.embedded.ask import parts, people, verdicts
from app.adapters.engines.embedded.ask.asked import Asked
from app.adapters.engines.embedded.ask.intents import intent_of
from app.adapters.engines.embedded.ask.lines import people as lines
from app.adapters.engines.embedded.ask.looks import looks
from app.adapters.engines.embedded.ask.mention import mention_in
from app.adapters.engines.embedded.ask.scope import in_scope
from app.adapters.engines.embedded.ask.whatif.additions import about_amount
from app.adapters.engines.embedded.ask.whatif.changes import change
from app.adapters.engines.embedded.ask.whatif.hypotheses import hypothesis, supposes

Reply = Callable[[Asked], list[str] | None]

REPLIES: dict[str, Reply] = {
    "alternatives": people.alternatives,
    "audience": people.audience,
    "change_mind": verdicts.change_mind,
    "confusing": parts.confusing,
    "favourite": parts.favourite,
    "feeling": people.feeling,
    "first_impression": parts.first_impression,
    "least": parts.least,
    "length": people.length,
    "missing": parts.missing,
    "objections": parts.objections,
    "one_change": parts.one_change,
    "opening": parts.opening,
    "opinion": verdicts.opinion,
    "persona": people.persona,
    "price": verdicts.price,
    "questions": parts.questions,
    "remember": parts.remember,
    "score": verdicts.score,
    "share": people.share,
    "summarise": people.summarise,
    "tone": people.tone,
    "trust": verdicts.trust,
    "why": verdicts.why,
    "would_act": verdicts.would_act,
    "would_pay": verdicts.would_pay,
}
_OF_A_KIND = ("numbers", "ask_part", "benefits", "words")
# Asked of the person, these need no word of the content to be answered.
_ALWAYS_IN_SCOPE = ("persona", "share", "history")


def reply(asked: Asked) -> tuple[str, bool]:
    """The answer, and whether anything stored bears on it."""
    edit = hypothesis(asked.question, asked.seat.document)
    if edit is not None and edit.text != asked.seat.document.text:
        return _spoken(asked, change(asked, edit)), True
    intent = intent_of(asked.question)
    if intent == "instruction":
        return _ungrounded(asked, lines.INSTRUCTED)
    said = None if supposes(asked.question) else looks(asked) or _said(asked, intent)
    if said is not None:
        return _spoken(asked, said), True
    if about_amount(asked.question):
        return _ungrounded(asked, lines.AMOUNTS)
    return _ungrounded(asked, lines.UNIMAGINED if supposes(asked.question) else lines.UNGROUNDED)


def _said(asked: Asked, intent: str | None) -> list[str] | None:
    if intent not in _ALWAYS_IN_SCOPE and not in_scope(asked.question, asked.seat.document):
        return None
    if intent == "history":
        return _history(asked)
    found = mention_in(asked.question, asked.seat.document)
    if found is not None and intent not in ("summarise", "share", "would_pay", "would_act"):
        return parts.mentioned(asked, found)
    if asked.question.quoted and found is None:
        return None
    if intent is not None and intent in _OF_A_KIND:
        return parts.kind_of(asked, intent)
    return REPLIES[intent](asked) if intent in REPLIES else None


def _history(asked: Asked) -> list[str] | None:
    if not asked.history:
        return None
    count = f"{len(asked.history)} question{'s' if len(asked.history) > 1 else ''}"
    return [asked.because(lines.HISTORY, asked.roles.lead, count=count)]


def _spoken(asked: Asked, sentences: list[str]) -> str:
    """The sentences, marked as a repetition where the thread asked the same before."""
    text = " ".join(sentences)
    if any(before.low == asked.question.low for before in asked.history):
        opening = asked.speaker.stream.pick(lines.REPEATED)
        return opening[0].upper() + opening[1:] + text
    return text


def _ungrounded(asked: Asked, schemata: tuple[str, ...]) -> tuple[str, bool]:
    return asked.speaker.say(schemata, asked.roles.lead), False
