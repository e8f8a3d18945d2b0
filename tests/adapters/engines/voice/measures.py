"""What can be measured on many voices: distinct quotes, frames, literal quotations, echoes."""

import re
import unicodedata
from collections import Counter

from app.domain.panel.word_sets import word_set

QUOTED = re.compile("“([^”]*)”")
_SMALL = word_set(
    "the a an and or but to of in on at by for from with is are was it that this i i'm my me so as"
    " not no be would what there because since"
)


def frame_of(text):
    """The text with everything it quotes taken out."""
    return QUOTED.sub("“…”", text)


def variety(quotes):
    """The share of quotes that differ, and the share of the most common frame."""
    frames = Counter(map(frame_of, quotes))
    return len(set(quotes)) / len(quotes), frames.most_common(1)[0][1] / len(quotes)


def strings(body):
    """Every text of a reaction, by field."""
    for name, value in body.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{key}", one) for key, one in value.items())
        elif isinstance(value, list):
            yield from ((name, one) for one in value)
        elif isinstance(value, str):
            yield name, value


def quotations(body):
    return [quote for _, text in strings(body) for quote in QUOTED.findall(text)]


def hidden(text):
    """The characters of a text nobody can see."""
    return [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn")]


def likeness(one, other):
    """How much two sentences share of their telling words, quotations aside."""
    left, right = _telling(one), _telling(other)
    return len(left & right) / max(len(left | right), 1)


def _telling(sentence):
    words = re.findall(r"[a-z']+", frame_of(sentence).lower())
    return {word for word in words if word not in _SMALL}
