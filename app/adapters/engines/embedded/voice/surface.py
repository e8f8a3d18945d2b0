"""The last look at a sentence: capital, full stop, article, no word twice."""

import re

_TWICE = re.compile(r"\b([A-Za-z']+) \1\b")
_OPENS_WITH_CONSONANT = ("uni", "use", "eu", "one", "u.")
_SPELLED_WITH_VOWEL = "AEFHILMNORSX"
_QUOTED = re.compile(r"(“[^”]*”)")
_ENDS = (".", "?", "!", "…")
_SIBILANT = (
    "nches",
    "tches",
    "rches",
    "eaches",
    "oaches",
    "shes",
    "xes",
    "sses",
)  # of a plain plural


def finish(text: str) -> str:
    """A sentence with its capital and its full stop."""
    whole = text[0].upper() + text[1:]
    return whole if whole.endswith(_ENDS) else whole + "."


def tidy(text: str) -> str:
    """Our own words without any doubled; quotations stay as they are."""
    if not _TWICE.search(text):
        return text
    parts = _QUOTED.split(text)
    parts[::2] = [_TWICE.sub(r"\1", part) for part in parts[::2]]
    return "".join(parts)


def with_article(noun: str) -> str:
    """A noun phrase with "a" or "an"."""
    low = noun.lower()
    if noun[:2].isupper():  # spelled out: "an HR assistant", "a UX designer"
        return f"{'an' if noun[0] in _SPELLED_WITH_VOWEL else 'a'} {noun}"
    vowel = low[:1] in "aeiou" and not low.startswith(_OPENS_WITH_CONSONANT)
    return f"{'an' if vowel else 'a'} {noun}"


def adjunct(word: str) -> str:
    """A word as it stands before another noun: the singular of a plain plural."""
    if word.lower().endswith(_SIBILANT):
        return word[:-2]
    plural = word.endswith("s") and not word.endswith(("ss", "us", "is", "ics", "ies", "ws", "as"))
    return word[:-1] if plural and len(word) > 4 else word
