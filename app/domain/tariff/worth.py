"""Whether tokens earn what a model may cost: how much text a call can carry, or none at all.

The worst case is reckoned: every call as large as it may be, every answer as long, and every
fourth call, but at least one, asked a second time to mend its answer.
"""

from typing import NamedTuple

from app.domain import plans
from app.domain.runs.order import Order
from app.domain.tariff.away import TooDear
from app.domain.tariff.rate import EARNED, Rate, Terms
from app.domain.tariff.sizes import (
    ANSWERED,
    ASK_FRAME,
    CARD,
    FRAME,
    LEAST_TEXT,
    MENDED,
    MENDING,
    MOST_TEXT,
    PEOPLE,
    PICTURE,
    QUESTION,
    SPOKEN,
    STANCE,
    as_lines,
    reached,
)


class _Work(NamedTuple):
    """So many calls, and what they earn together."""

    calls: int
    fixed: int  # tokens of each besides the text
    spoken: int
    earned: int  # micro-dollars


def room(terms: Terms, detail: str, personas: int, *, visual: bool = False) -> int:
    """How many tokens of the text each call of a run can carry within what it earns; 0: none."""
    return _room(terms, _run(detail, personas, visual=visual))


def question_room(terms: Terms, people: int) -> int:
    """The same for a question: what is left for the text, and then for the thread before it."""
    return _room(terms, _question(people))


def worst_of(terms: Terms, order: Order) -> int:
    """The most a whole run may cost."""
    work = _run(order.detail, order.persona_count, visual=_looked_at(order))
    return _worst(terms.rate, work, min(_length(order), _room(terms, work)))


def worst_question(terms: Terms, people: int) -> int:
    """The most the answers of so many people may cost."""
    work = _question(people)
    return _worst(terms.rate, work, _room(terms, work))


def mendings(calls: int, *, at_least: int = 1) -> int:
    """How many of so many calls may be asked to mend their answer."""
    return max(at_least, calls // MENDED)


def check(terms: Terms, order: Order) -> None:
    """Refuse a run whose tokens cannot pay its model, however short its text is made."""
    visual = _looked_at(order)
    if room(terms, order.detail, order.persona_count, visual=visual) < LEAST_TEXT:
        raise TooDear(
            f"The model of this installation costs more than {order.detail} tests earn.",
            hint="Choose another detail, or a test key, which the embedded engine answers.",
        )


def check_question(terms: Terms, people: int) -> None:
    """Refuse a question whose tokens cannot pay their model."""
    if question_room(terms, people) < LEAST_TEXT:
        raise TooDear(
            "The model of this installation costs more than a question earns.",
            hint="Read what people said in polis_report, or ask the operator of this installation.",
        )


def shortens(terms: Terms, order: Order) -> bool:
    """Whether the panel will read less of the text than it might."""
    known = order.url is None
    return known and _length(order) > room(terms, order.detail, order.persona_count)


def _run(detail: str, personas: int, *, visual: bool) -> _Work:
    people = PEOPLE[detail]
    return _Work(
        calls=-(-personas // people),
        fixed=FRAME[detail] + CARD * people + PICTURE * visual,
        spoken=SPOKEN[detail] * people,
        earned=plans.tokens_for(personas, detail, visual=visual) * EARNED,
    )


def _looked_at(order: Order) -> bool:
    return order.url_mode == "visual"


def _question(people: int) -> _Work:
    fixed = ASK_FRAME + CARD + STANCE + QUESTION
    return _Work(people, fixed, ANSWERED, people * plans.ASK_TOKENS * EARNED)


def _length(order: Order) -> int:
    """What is known of it; a page is not fetched yet, and may be as long as any."""
    if order.url is not None:
        return MOST_TEXT
    return as_lines(reached(order.content))


def _room(terms: Terms, work: _Work) -> int:
    """The largest text with which the work still earns its worst cost."""
    if not terms.sold:
        return MOST_TEXT
    low, high = 0, MOST_TEXT + 1
    while low + 1 < high:
        middle = (low + high) // 2
        if _worst(terms.rate, work, middle) <= work.earned:
            low = middle
        else:
            high = middle
    return low


def _worst(rate: Rate, work: _Work, text: int) -> int:
    told = work.fixed + text
    first = rate.worst(told, work.spoken)
    again = rate.worst(told + work.spoken + MENDING, work.spoken)
    return work.calls * first + mendings(work.calls) * again
