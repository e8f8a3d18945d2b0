"""The fields of the third level: feelings, worth, company, comparison, circumstances."""

from app.adapters.engines.embedded.voice.fields import feeling
from app.adapters.engines.embedded.voice.points import Point
from app.adapters.engines.embedded.voice.roles import Roles
from app.adapters.engines.embedded.voice.scene import first_person
from app.adapters.engines.embedded.voice.speaker import Speaker
from app.adapters.engines.embedded.voice.surface import finish, with_article
from app.domain.panel.shapes import Json, Outcome

_ANSWERS = {"no": ("No", "Not as it stands", "Not yet"), "maybe": ("Maybe", "Possibly"),
            "yes": ("Probably", "Yes")}  # fmt: skip
_KEEN = 7  # intent
_COLD = 3
_TRAIT = 0.3  # standard scores from which a person would name a trait of theirs


def deep(speaker: Speaker, roles: Roles) -> Json:
    """What the body adds at the third level of detail."""
    return {
        "emotionalArc": _arc(speaker, roles),
        "wouldPay": _would_pay(speaker, roles),
        "shareWith": sharing(speaker, roles),
        "comparedTo": _compared_to(speaker, roles),
        "personalContext": _context(speaker, roles),
    }


def _arc(speaker: Speaker, roles: Roles) -> str:
    noticed = roles.noticed
    point = speaker.least_said([p for p in roles.all if p is not noticed] or roles.all)
    dimension = max(
        point.moved, key=lambda name: (abs(point.moved[name]), name), default="attention"
    )
    pick = speaker.stream.pick
    arc = speaker.phrase(
        feeling.ARC,
        noticed,
        c=speaker.clause(point),
        f1=pick(feeling.FIRST_FEELINGS[noticed.liked]),
        f2=pick(feeling.SECOND_FEELINGS.get((dimension, point.liked), ("thoughtful",))),
        f3=pick(feeling.LAST_FEELINGS[speaker.seat.outcome.decision]),
        **speaker.naming(noticed),
    )
    return speaker.record(finish(arc), noticed, point)


def _would_pay(speaker: Speaker, roles: Roles) -> Json:
    answer = willingness(speaker.seat.outcome.decision, speaker.seat.outcome.intent)
    point = speaker.least_said(_of_sign(roles, liked=answer == "yes") or roles.all)
    schemata = feeling.WHY_PAY["maybe, but" if answer == "maybe" and not point.liked else answer]
    why = speaker.say(schemata, point, c=speaker.clause(point))
    return {"answer": speaker.stream.pick(_ANSWERS[answer]), "why": why}


def _of_sign(roles: Roles, *, liked: bool) -> list[Point]:
    return [point for point in roles.all if point.liked == liked]


def willingness(decision: str, intent: int) -> str:
    """Whether someone who did this would pay: no, maybe or yes."""
    if decision == "scroll" or intent <= _COLD:
        return "no"
    return "yes" if decision == "click" and intent >= _KEEN else "maybe"


def sharing(speaker: Speaker, roles: Roles) -> str:
    """Whom they would tell, if anyone."""
    warmth = eagerness(speaker.seat.outcome)
    point = speaker.least_said(_of_sign(roles, liked=warmth != "cold") or roles.all)
    trade = speaker.seat.persona.occupation
    return speaker.say(feeling.SHARED[warmth], point, trade=trade, **speaker.naming(point))


def eagerness(outcome: Outcome) -> str:
    """How gladly someone who did this would pass it on: keen, lukewarm or cold."""
    if outcome.decision == "scroll" or outcome.intent <= _COLD:
        return "cold"
    return "keen" if outcome.intent >= _KEEN else "lukewarm"


def _compared_to(speaker: Speaker, roles: Roles) -> str:
    liked = roles.lead.pull + roles.second.pull > 0
    point = speaker.least_said(_of_sign(roles, liked=liked) or roles.all)
    return speaker.say(feeling.COMPARED[point.liked], point, **speaker.naming(point))


def _context(speaker: Speaker, roles: Roles) -> str:
    point = speaker.least_said(_of_sign(roles, liked=roles.lead.liked) or roles.all)
    return speaker.say(
        feeling.CONTEXT[point.liked],
        point,
        scene=first_person(speaker.seat.persona),
        me=personal(speaker),
        **speaker.naming(point),
    )


def personal(speaker: Speaker) -> str:
    """What the person says of themselves: the trait the ledger names, else their occupation."""
    job = with_article(speaker.seat.persona.occupation)
    return temperament(speaker) or speaker.stream.pick(feeling.AT_WORK).format(job=job)


def temperament(speaker: Speaker) -> str | None:
    """The trait the ledger names, in the person's own words, if it can be heard."""
    ref = speaker.points.leaning.ref
    score = speaker.seat.persona.traits.get(ref, 0.0)
    known = feeling.SELF.get((ref, score > 0), ())
    return speaker.stream.pick(known) if known and abs(score) > _TRAIT else None
