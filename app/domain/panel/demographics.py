"""The ages and the gender an audience text asks for: "women over 60", "gen z", "dads, 25-34"."""

import re
from collections.abc import Iterator

from app.domain.panel.word_sets import words_in

_YOUNGEST, _OLDEST = 18, 88
_NEAR = 3  # years around an age that is named alone


def _said(pattern: str) -> re.Pattern[str]:
    """A pattern of words, however they are written."""
    return re.compile(pattern, re.IGNORECASE)


# What stands behind one of these is said of others, up to a comma: "doctors treating women, 30-45".
_OF_OTHERS = _said(
    r"\b(?:of|for|at|treating|targeting|serving|teaching|selling|earning|making|paying|scoring)\b"
    r"[^,;(]*?(?=[,;(]|\baged\b|$)"
)
_THE_AGE_OF = _said(r"\b(over|above|under|below|than) the age of\b")
_NO_AGE = _said(r"\b\d+\+?\s?years?\b (?:of|in|ago|experience)\b")
_YEARS = r"(?=\s*(?:$|[,.;:)/]|(?:years?|and|or|but|who|in|with|from|living|that)\b))"
_SPAN = _said(rf"\b(\d\d)\s?(?:-|\u2013|to|and)\s?(\d\d){_YEARS}")
_OVER = _said(
    rf"\b(?:over|above|older than) (\d\d)s?{_YEARS}"
    rf"|\b(\d\d)(?:\+| plus| and (?:over|older)){_YEARS}"
)
_UNDER = _said(rf"\b(?:under|below|younger than) (\d\d)s?{_YEARS}")
_EXACT = _said(rf"\baged? (\d\d){_YEARS}|\b(\d\d)[- ]years?[- ]olds?\b")
_TENS = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties")
_DECADE = _said(rf"\b([2-8])0s\b|\b({'|'.join(_TENS)})\b")
_IN_THEIR = _said(r"\bin their\b")

# Ages in 2026 by the birth years of Pew Research Center, "Defining generations" (2019).
_GENERATIONS = (
    (_said(r"\bgen(?:eration)?[- ]?z\b|\bzoomers?\b"), _YOUNGEST, 29),
    (_said(r"\bmillennials?\b|\bgen(?:eration)?[- ]?y\b"), 30, 45),
    (_said(r"\bgen(?:eration)?[- ]?x\b"), 46, 61),
    (_said(r"\b(?:baby )?boomers?\b"), 62, 80),
)
_RETIRED = _said(r"\bretired\b")
_GENDERED = {
    "woman": "women woman female females ladies lady moms mom mums mum mothers mother wives wife"
    " girls girl daughters grandmothers grandmother grandmas grandma housewives businesswomen",
    "man": "men man male males gentlemen dads dad fathers father husbands husband boys boy"
    " sons grandfathers grandfather grandpas grandpa businessmen",
}
_GENDER_OF = {word: gender for gender, words in _GENDERED.items() for word in words.split()}


def named_ages(text: str, usual: tuple[int, int]) -> tuple[int, int]:
    """The youngest and oldest a text asks for; what is usual where it names none we can seat."""
    spans = [
        (max(first, _YOUNGEST), min(last, _OLDEST))
        for first, last in _spans(_own(text), usual)
        if first <= _OLDEST - _NEAR and last > _YOUNGEST
    ]
    if not spans:
        return usual
    return min(first for first, _ in spans), max(last for _, last in spans)


def named_gender(text: str) -> str | None:
    """The gender a text asks for; None where it names none, or more than one."""
    said = {_GENDER_OF.get(word) for word in words_in(_own(text))} - {None}
    return said.pop() if len(said) == 1 else None


def _own(text: str) -> str:
    """What is said of the people themselves."""
    return _OF_OTHERS.sub("", _NO_AGE.sub("", _THE_AGE_OF.sub(r"\1", text)))


def _spans(text: str, usual: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Every span of ages a text names, whether anybody is that old or not."""
    if spans := [(int(m[1]), int(m[2])) for m in _SPAN.finditer(text) if m[1] < m[2]]:
        yield from spans
        return
    over, under = _OVER.search(text), _UNDER.search(text)
    floor = int(over[1] or over[2]) if over else None
    ceiling = int(under[1]) - 1 if under else None
    if floor is not None:
        yield floor, ceiling or max(usual[1], floor + 20)
    elif ceiling is not None:
        yield min(usual[0], ceiling - 1), ceiling
    for exact in _EXACT.finditer(text):
        age = int(exact[1] or exact[2])
        yield age - _NEAR, age + _NEAR
    if _IN_THEIR.search(text):
        for tens in _DECADE.finditer(text):
            first = 10 * int(tens[1] or _TENS.index(tens[2].lower()) + 2)
            yield first, first + 9
    if _RETIRED.search(text):
        yield max(usual[0], 58), max(usual[1], 80)
    yield from ((first, last) for said, first, last in _GENERATIONS if said.search(text))
