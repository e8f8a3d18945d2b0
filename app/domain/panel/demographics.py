"""The ages and the gender an audience text asks for: "women over 60", "gen z", "dads, 25-34"."""

import re

YOUNGEST, OLDEST = 18, 88
_YEARS = r"(?=\s*(?:$|[,.;:)/]|(?:years?|and|or|who|in|with|from|living|that|at)\b))"
_SPAN = re.compile(rf"\b(\d\d)\s?(?:-|\u2013|to|and)\s?(\d\d){_YEARS}", re.IGNORECASE)
_OVER = re.compile(
    rf"\b(?:over|above|older than|aged?) (\d\d){_YEARS}|\b(\d\d)\+{_YEARS}", re.IGNORECASE
)
_UNDER = re.compile(
    rf"\b(?:under|below|younger than) (?:the age of )?(\d\d){_YEARS}", re.IGNORECASE
)
_DECADE = re.compile(r"\bin their (?:(?:early|mid|late)[- ])?(\d)0s\b", re.IGNORECASE)

# Ages in 2026 by the birth years of Pew Research Center, "Defining generations" (2019).
_GENERATIONS = (
    (re.compile(r"\bgen(?:eration)?[- ]?z\b|\bzoomers?\b", re.IGNORECASE), YOUNGEST, 29),
    (re.compile(r"\bmillennials?\b|\bgen(?:eration)?[- ]?y\b", re.IGNORECASE), 30, 45),
    (re.compile(r"\bgen(?:eration)?[- ]?x\b", re.IGNORECASE), 46, 61),
    (re.compile(r"\b(?:baby )?boomers?\b", re.IGNORECASE), 62, 80),
)


def named_ages(text: str, usual: tuple[int, int]) -> tuple[int, int]:
    """The youngest and oldest a text asks for; what is usual where it names none we can seat."""
    span = _SPAN.search(text)
    if span and YOUNGEST <= int(span[1]) < int(span[2]) <= OLDEST:
        return int(span[1]), int(span[2])
    if decade := _DECADE.search(text):
        first = max(10 * int(decade[1]), YOUNGEST)
        return (first, first + 9) if first < OLDEST - 8 else usual
    over = _OVER.search(text)
    if over and YOUNGEST <= (floor := int(over[1] or over[2])) <= 80:
        return floor, max(usual[1], min(floor + 20, OLDEST))
    under = _UNDER.search(text)
    if under and (ceiling := int(under[1]) - 1) > YOUNGEST:
        return min(usual[0], ceiling - 1), ceiling
    return next(((first, last) for said, first, last in _GENERATIONS if said.search(text)), usual)


_GENDERED = {
    "woman": "women woman female females ladies lady moms mom mums mum mothers mother wives wife"
    " girls girl daughters grandmothers grandmother businesswomen",
    "man": "men man male males gentlemen dads dad fathers father husbands husband boys boy"
    " sons grandfathers grandfather businessmen",
}
_GENDER_OF = {word: gender for gender, words in _GENDERED.items() for word in words.split()}
_WORD = re.compile(r"[^\W\d_]+")


def named_gender(text: str) -> str | None:
    """The gender a text asks for; None where it names none, or more than one."""
    said = {_GENDER_OF.get(word.lower()) for word in _WORD.findall(text)} - {None}
    return said.pop() if len(said) == 1 else None
