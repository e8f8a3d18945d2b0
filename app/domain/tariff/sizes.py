"""How large a call to a model can get; tests hold the engine's prompts against these figures."""

import re
from typing import Final

PEOPLE: Final = {"snapshot": 5, "standard": 1, "deep": 1}  # in one call
FRAME: Final = {"snapshot": 2_450, "standard": 2_700, "deep": 2_900}  # rules, scene and schema
CARD: Final = 330  # one person's
SPOKEN: Final = {"snapshot": 420, "standard": 800, "deep": 1_300}  # most one person may say
PICTURE: Final = 2_900  # of a page's first screen, whoever counts it
AUDIENCE: Final = 300  # within the frame: whom a text is for, in its author's words
LINE: Final = 8  # a line's number, bar and end
MARKS: Final = 60  # what stands around data
LEAST_TEXT: Final = 200  # of which a reaction is still worth something
MOST_TEXT: Final = 8_000
MENDED: Final = 4  # one call in so many may be asked to mend its answer
MENDING: Final = 120  # tokens that say what was wrong

ASK_FRAME: Final = 1_100
STANCE: Final = 700  # what a person keeps of their reaction
QUESTION: Final = 2_000
HISTORY: Final = 4_000  # of earlier questions and answers of a thread
ANSWERED: Final = 400  # most of one answer

REACH_WORDS: Final = 1_000  # nobody reads further before deciding

_PAIRED = re.compile(r"[a-z ]")
_ENDS = re.compile(r"[^\w\s]+|\n+")  # at most so many pieces are told apart, and long ones cut
_CUT = 100  # characters


def most_tokens(text: str) -> int:
    """More than any tokenizer makes of a text: two lower-case letters a token, else one a byte."""
    size = len(text.encode("utf-8", "surrogatepass"))
    return size - len(_PAIRED.findall(text)) // 2


def as_lines(text: str) -> int:
    """More than a text comes to when it is shown line by line."""
    pieces = len(_ENDS.findall(text)) + len(text) // _CUT + 1
    return most_tokens(text) + LINE * pieces + MARKS


def head(text: str, tokens: int) -> str:
    """As much of the beginning as surely fits."""
    left = 2 * tokens
    for place, character in enumerate(text):
        left -= 1 if _PAIRED.match(character) else 2 * len(character.encode("utf-8", "replace"))
        if left < 0:
            return text[:place]
    return text


def reached(text: str) -> str:
    """The part of a text that anybody reads."""
    found = list(re.finditer(r"\S+", text))
    return text if len(found) <= REACH_WORDS else text[: found[REACH_WORDS - 1].end()]
