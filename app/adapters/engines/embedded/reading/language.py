"""Is it English? Where it is not, the lexicons keep silent."""

from collections.abc import Sequence

from app.adapters.engines.embedded.reading.words import Token
from app.domain.panel.word_sets import word_set

_ENGLISH = word_set(
    "the and of to in is it you that was for on are with as his they be at this have from or had"
    " by but what some we can out other were all your when up use how said an each she which do"
    " their if will way about many then them would like so these her him has more could my than"
    " been who its now did get our not i a just don s t re ve no new why here there me because"
    " after should only us into over any free most first people make time one day"
)
_OTHERS = word_set(
    "el la los las una y que en un por con para del es se lo como más su al está le les des et une"
    " est pas pour qui dans sur avec ce sont vous nous au der die das und ist nicht ein eine zu mit"
    " den von auf für im sich auch wir ich sie il di che non per sono della questo o os as em uma"
    " não com mais do da na het een van niet dat ik je zijn op och att det som är inte jag w z"
    " nie jest na się to do ve bir bu için de mi tu и не на что я"
)
_SAMPLE = 600
_SURE = 0.12  # share of function words from which a text is taken for English
_LATIN_END = 0x24F


def guess(words: Sequence[Token], text: str) -> str:
    """`en` or `other`; text without any words is other, short Latin text is taken for English."""
    sample = [token.word for token in words[:_SAMPLE]]
    letters = [word for word in sample if not word.isdigit()]
    if not letters:
        return "other" if not any(char.isdigit() for char in text[:_SAMPLE]) else "en"
    if sum(ord(word[0]) > _LATIN_END for word in letters) * 2 > len(letters):
        return "other"
    english = sum(word in _ENGLISH for word in letters)
    foreign = sum(word in _OTHERS and word not in _ENGLISH for word in letters)
    if foreign > english:
        return "other"
    short = len(letters) < 12  # too short for shares to mean much
    return "en" if short or english >= _SURE * len(letters) else "other"
