"""The quote: two beats, spread over a panel so that hardly two people say the same."""

import re

from app.adapters.engines.embedded.voice.frames import Card, Deck, permuted, spread
from app.adapters.engines.embedded.voice.points import Point
from app.adapters.engines.embedded.voice.roles import Roles
from app.adapters.engines.embedded.voice.speaker import Speaker
from app.adapters.engines.embedded.voice.surface import finish

_CONTRAST = ("still, ", "but ", "even so, ", "")
_ADDITION = ("and ", "", "besides, ", "")
_LINKED = (
    "and ",
    "so ",
    "but ",
    "fine",
    "yes",
    "fair",
    "all right",
    "then ",
    "tell ",
    "say ",
    "show ",
)
_NAMING = re.compile(r"“[^”]*”[;:,]")  # stands on its own: no word leads up to it
_ENOUGH = 150  # wordings together, below which questions would come round too soon
_QUESTIONS = 4  # one quote in so many ends on a question instead of a second reaction


def quote(speaker: Speaker, roles: Roles) -> str:
    """What the person would say out loud about the two points that moved them most."""
    partner = roles.second
    first = speaker.cards(reactions(roles.lead), roles.lead)
    second = speaker.cards(reactions(partner), partner)
    questions = speaker.cards(partner.family.wonders, partner)
    asks = speaker.stream.below(_QUESTIONS) == 0 and len(first) * len(questions) >= _ENOUGH
    second = questions if asks else second
    size = len(first) * len(second)
    seat = speaker.seat
    turn = permuted(seat.persona.number + spread(seat.seed, roles.lead.ref), size)
    card = first[turn // len(second)]
    other = _unlike(card, second, turn % len(second))
    opening = speaker.use(card, roles.lead)
    closing = speaker.use(other, partner)
    link = "" if asks else _link(speaker, roles.lead, partner, closing)
    return " ".join(
        (
            speaker.record(finish(opening), roles.lead),
            speaker.record(finish(link + closing), partner),
        )
    )


def reactions(point: Point) -> tuple[str, ...]:
    """The whole reactions its family has for a point."""
    return point.family.liked if point.liked else point.family.disliked


def _unlike(card: Card, cards: Deck, place: int) -> Card:
    """The card at a place, or the next one that is another schema than the first beat."""
    turned = (*cards[place:], *cards[:place])
    return next((other for other in turned if other[0] is not card[0]), cards[place])


def _link(speaker: Speaker, first: Point, second: Point, closing: str) -> str:
    if closing.startswith(_LINKED) or _NAMING.match(closing):
        return ""
    links = _ADDITION if first.liked == second.liked else _CONTRAST
    return links[speaker.stream.below(len(links))]
