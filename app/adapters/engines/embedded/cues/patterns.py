"""Cues that are patterns rather than words; they hold in any language."""

import re
from collections.abc import Iterator, Sequence

from app.adapters.engines.embedded.cues.kinds import Found
from app.domain.panel.shapes import Span
from app.domain.panel.word_sets import word_set

_READ = 400  # characters of a span that are searched; spans are cut near that length anyway

_TO = "[-–]"  # noqa: RUF001 - a range, as it is written
_PRICE = re.compile(
    rf"[$€£¥₹]\s?\d(?:[\d,.]{{0,12}}\d)?(?:{_TO}\d(?:[\d,.]{{0,12}}\d)?)?"
    rf"(?![\d,.]*(?:{_TO}[\d,.]*)?\s?(?:[kKmMbB]\b|bn|million|billion))"
    r"(?:\s?(?:/|per|a)\s?(?:mo|month|yr|year|user|seat|person|week|day|hour|token|persona)\w{0,4})?"
    r"|\b\d[\d,.]{0,12}\s?(?:dollars|euros|usd|eur|gbp|€)(?!\w)"
    r"|\bfree (?:plan|tier|trial|forever|of charge|for|to use|account)\b|\b(?:for|it'?s|is) free\b",
    re.IGNORECASE,
)
_DIGITS = r"\d{1,15}(?:[,.:]\d{1,9}){0,5}"
# A clock time and a range are one figure each: 9:10, 75-90.
_FIGURE = rf"(?<![\w.,])(?<!\d-)[$€£]?{_DIGITS}(?:{_TO}{_DIGITS}(?![\d-]))?"
_NUMBER = re.compile(rf"{_FIGURE}\s?(?:%|percent\b|x\b|[a-z]{{1,12}}\b)?", re.IGNORECASE)
# Elsewhere the next word may be anything, and `3.` is as likely a day as a figure.
_FOREIGN_NUMBER = re.compile(rf"{_FIGURE}(?![\d.,]*\.\s)(?:\s?[%€$£])?")
_QUESTION = re.compile(r"[?？؟]")  # noqa: RUF001
_SHOUT = re.compile(r"!{2,60}|[！]{2,60}")  # noqa: RUF001
_CAPITALS = re.compile(r"(?<!\w)[A-Z]{4,20}(?:\W{1,3}[A-Z]{2,20}){0,6}(?!\w)")
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]{1,8}")
_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_I = re.compile(r"\b(?:I|my|me|mine|myself)\b")
_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s|[Oo]urs)\b")
_PLACEHOLDER = re.compile(r"\[(?:add|name|say|link)[^\[\]]{0,60}\]")
_UNIT = re.compile(
    r"[%$€£]|percent|\d\s?(?:x|k|m|ms|gb|mb|hours?|minutes?|days?|weeks?|months?|people|users|customers)\b",
    re.IGNORECASE,
)
_UNITLESS = re.compile(
    r"\s(?:of|and|or|in|to|per|the|a|an|at|for|is|on|by|as|from|with|are|was|today|so|if|but)$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_ACRONYMS = word_set("HTML JSON HTTP HTTPS NASA SAAS GDPR HIPAA YAML REST TODO ASCII OAUTH")

# (kind, pattern, strength of a hit, English only)
_TABLE = (
    ("price", _PRICE, 0.9, False),
    ("question", _QUESTION, 0.6, False),
    ("shouting", _SHOUT, 0.8, False),
    ("emoji", _EMOJI, 0.3, False),
    ("second_person", _YOU, 0.35, True),
    ("story", _I, 0.35, True),
    ("corporate_we", _WE, 0.3, True),
)


def patterned(content: str, spans: Sequence[Span], language: str) -> list[Found]:
    """Every pattern in every span; what stands in a placeholder is nobody's claim."""
    found: list[Found] = []
    for span in spans:
        until = min(span.end, span.start + _READ)
        gaps = [match.span() for match in _PLACEHOLDER.finditer(content, span.start, until)]
        found += [
            one
            for one in _in_span(content, span, until, language)
            if not any(start <= one.start < end for start, end in gaps)
        ]
    return found


def _in_span(content: str, span: Span, until: int, language: str) -> Iterator[Found]:
    if span.kind in ("link", "hashtag"):
        yield Found(span.kind, span.id, span.start, span.end, 0.4)
        return
    for kind, pattern, strength, english in _TABLE:
        if language == "en" or not english:
            for match in pattern.finditer(content, span.start, until):
                yield Found(kind, span.id, match.start(), match.end(), strength)
    if span.kind == "ask":
        yield Found("ask", span.id, span.start, min(span.end, span.start + 160), 0.9)
    yield from _numbers(content, span, until, _NUMBER if language == "en" else _FOREIGN_NUMBER)
    yield from _capitals(content, span, until)


def _numbers(content: str, span: Span, until: int, pattern: re.Pattern[str]) -> Iterator[Found]:
    for match in pattern.finditer(content, span.start, until):
        surface = _UNITLESS.sub("", match[0]).rstrip(" .,")
        if surface and not _YEAR.match(surface):
            strong = 0.8 if _UNIT.search(surface) else 0.45
            yield Found("number", span.id, match.start(), match.start() + len(surface), strong)


def _capitals(content: str, span: Span, until: int) -> Iterator[Found]:
    for match in _CAPITALS.finditer(content, span.start, until):
        if match[0] not in _ACRONYMS and not (len(match[0]) < 6 and " " not in match[0]):
            yield Found("shouting", span.id, match.start(), match.end(), 0.7)
