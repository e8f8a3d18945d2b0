"""Whether tokens earn what a model may cost: how much text a call can carry, or none at all.

The worst case is reckoned: every byte a token, every answer as long as it may be, and every
fourth call asked a second time to mend its answer.
"""

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
    QUESTION,
    SPOKEN,
    STANCE,
    most_tokens,
    reached,
)

_TEN = 10  # whole tokens are earned by ten people at every detail


def room(terms: Terms, detail: str) -> int:
    """How many tokens of the text a call of a run can carry within what it earns; 0: none."""
    people = PEOPLE[detail]
    earned = plans.tokens_for(_TEN, detail) * EARNED * people // _TEN
    fixed, spoken = FRAME[detail] + CARD * people, SPOKEN[detail] * people
    return _room(terms, earned, fixed, spoken)


def question_room(terms: Terms) -> int:
    """The same for a question: what is left for the text, and then for the thread before it."""
    fixed = ASK_FRAME + CARD + STANCE + QUESTION
    return _room(terms, plans.ASK_TOKENS * EARNED, fixed, ANSWERED)


def worst_of(terms: Terms, order: Order) -> int:
    """The most a whole run may cost."""
    people, text = PEOPLE[order.detail], min(_length(order), room(terms, order.detail))
    calls = -(-order.persona_count // people)
    fixed, spoken = FRAME[order.detail] + CARD * people, SPOKEN[order.detail] * people
    return calls * _worst(terms.rate, fixed + text, spoken)


def worst_question(terms: Terms) -> int:
    """The most one person's answer may cost."""
    fixed = ASK_FRAME + CARD + STANCE + QUESTION + question_room(terms)
    return _worst(terms.rate, fixed, ANSWERED)


def check(terms: Terms, order: Order) -> None:
    """Refuse a run whose tokens cannot pay its model, however short its text is made."""
    if room(terms, order.detail) < LEAST_TEXT:
        raise TooDear(
            f"The model of this installation costs more than {order.detail} tests earn.",
            hint="Choose another detail, or a test key, which the embedded engine answers.",
        )


def check_question(terms: Terms) -> None:
    """Refuse a question whose token cannot pay its model."""
    if question_room(terms) < LEAST_TEXT:
        raise TooDear(
            "The model of this installation costs more than a question earns.",
            hint="Read what people said in polis_report, or ask the operator of this installation.",
        )


def shortens(terms: Terms, order: Order) -> bool:
    """Whether the panel will read less of the text than it might."""
    return _length(order) > room(terms, order.detail)


def _length(order: Order) -> int:
    return most_tokens(reached(order.content))


def _room(terms: Terms, earned: int, fixed: int, spoken: int) -> int:
    """The largest text of which the worst call still earns its cost."""
    if not terms.sold:
        return MOST_TEXT
    low, high = 0, MOST_TEXT + 1
    while low + 1 < high:
        middle = (low + high) // 2
        if _worst(terms.rate, fixed + middle, spoken) <= earned:
            low = middle
        else:
            high = middle
    return low


def _worst(rate: Rate, told: int, spoken: int) -> int:
    first = rate.worst(told, spoken)
    again = rate.worst(told + spoken + MENDING, spoken)
    return first + -(-again // MENDED)
