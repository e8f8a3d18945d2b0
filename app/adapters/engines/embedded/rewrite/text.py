"""Small surgery on text: cut, replace, and leave no scar."""

import re

_BLANKS = re.compile(r"(?<=\S)[ \t]{2,40}(?=\S)")
_BEFORE_MARK = re.compile(r"[ \t]{1,40}(?=[.,;:!?](?:\s|$))")
_DOUBLED = re.compile(r"([,;:])(?!\1)[ \t]{0,4}(?=[,;:.!?](?:\s|$))")
_ADDRESS = re.compile(r"(?:https?://|www\.|@)\S", re.IGNORECASE)
_LINES = re.compile(r"\n{3,}")
_SENTENCE_ENDS = ".!?\n"


def replace(text: str, start: int, end: int, by: str) -> str:
    """The text with a stretch replaced, capital letter and article put right around it."""
    stretch = text[start:end]
    if by and stretch[:1].isupper() and not by[:1].isupper():
        by = by[:1].upper() + by[1:]
    head, tail = text[:start], text[end:]
    if not by:
        tail = tail.lstrip(" \t")
        tail = _capital(tail) if opens(head) and stretch[:1].isupper() else tail
    return _article(head, by + tail) + by + tail


def tidy(text: str) -> str:
    """The text without the gaps and doubled marks that edits leave."""
    lines = (_tidy_line(line) for line in text.split("\n"))
    return _LINES.sub("\n\n", "\n".join(lines)).strip()


def _tidy_line(line: str) -> str:
    lead = line[: len(line) - len(line.lstrip())]
    body = _DOUBLED.sub("", _BEFORE_MARK.sub("", _BLANKS.sub(" ", line.strip())))
    return lead + body


def opens(head: str) -> bool:
    """Whether a sentence begins behind this text."""
    bare = head.rstrip(" \t\"'“‘(*_#-•>")  # noqa: RUF001 - quotation marks of running text
    return not bare or bare[-1] in _SENTENCE_ENDS


def _capital(text: str) -> str:
    return text if _ADDRESS.match(text) else text[:1].upper() + text[1:]


def _article(head: str, rest: str) -> str:
    """The text before an edit, its closing `a` or `an` fitted to what now follows."""
    for article, other, wants_vowel in (("a ", "an ", False), ("an ", "a ", True)):
        for form, turned in ((article, other), (article.capitalize(), other.capitalize())):
            alone = head.endswith(form) and not head[: -len(form)][-1:].isalnum()
            if alone and rest[:1].isalpha() and (rest[0].lower() in "aeio") != wants_vowel:
                return head[: -len(form)] + turned
    return head
