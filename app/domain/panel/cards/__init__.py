"""The audience cards, by id; written by hand, without any stereotype of age or gender."""

from app.domain.panel.cards.life import LIFE
from app.domain.panel.cards.tech import TECH
from app.domain.panel.cards.work import WORK

CARDS = {card.id: card for card in (*TECH, *WORK, *LIFE)}
PUBLIC = CARDS["public"]
