"""The evidence gate: words in quotation marks are the content's, letter by letter, or they go."""

import re
from typing import TypeVar

from pydantic import BaseModel

T = TypeVar("T", bound=BaseModel)

_QUOTED = re.compile(r"“([^“”]*)”|\"([^\"]*)\"|«([^«»]*)»|„([^“”]*)[“”]")  # marks as written
_ENDS = re.compile(r"(?<=[.!?…])[”\"»]?\s+")
_SPEECH = re.compile(r"[“\"«]([^“”\"«»]{20,})[”\"»]")  # as long as nobody quotes a phrase
_PAIR = re.compile(r"(“[^“”]*”)")
_HALVES = str.maketrans("", "", "“”„")
_POINTS = " \t.,;:!?…"


class Gate:
    """Lets through what stands in the lines a person read, and counts what does not."""

    def __init__(self, read: str, content: str) -> None:
        self._read = read  # what breaks lines in it stands as a blank here
        self._content = content
        self._low = read.lower()
        self.dropped = 0

    def passed(self, answer: T) -> T:
        """The answer without sentences that quote what is not there; empty where none is left."""
        return answer.model_copy(
            update={
                name: self._value(_spoken(value) if name == "quote" else value)
                for name, value in answer
                if name != "id"
            }
        )

    def literal(self, phrase: str | None) -> str | None:
        """A phrase as the content has it, or None."""
        core = (phrase or "").strip('“”"«»„ ').strip()  # marks, one by one
        found = self._found(core)
        if core and found is None:
            self.dropped += 1
        return found or None

    def text(self, said: str) -> str:
        """Some sentences, without those that quote what is not there."""
        if not _QUOTED.search(said):
            return _without_halves(said)
        kept = [self._sentence(sentence) for sentence in _sentences(said)]
        return _without_halves(" ".join(sentence for sentence in kept if sentence))

    def _value(self, value: object) -> object:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, BaseModel):
            return self.passed(value)
        if isinstance(value, list) and value and isinstance(value[0], str):
            return [kept for kept in map(self.text, value) if kept]
        return value

    def _sentence(self, sentence: str) -> str:
        lost: list[str] = []

        def mended(match: re.Match[str]) -> str:
            phrase = next(part for part in match.groups() if part is not None)
            core = phrase.rstrip(_POINTS)
            found = self._found(phrase) or self._found(core)
            if not found:
                lost.append(phrase)
                return ""
            return f"“{found}”" + (phrase[len(core) :] if len(found) < len(phrase) else "")

        told = _QUOTED.sub(mended, sentence)
        self.dropped += len(lost)
        return "" if lost else told

    def _found(self, phrase: str) -> str | None:
        """Capitals apart a phrase may differ; what is told is the content's own writing of it."""
        if not phrase.strip():
            return None
        place = self._read.find(phrase)
        if place < 0 and len(self._low) == len(self._read):
            place = self._low.find(phrase.lower())
        found = self._read[place : place + len(phrase)] if place >= 0 else ""
        return found if found and found in self._content else None


def _spoken(value: str) -> str:
    """What somebody says, without the marks that models put around speech as well."""
    spoken = _SPEECH.fullmatch(value)
    return spoken[1] if spoken else value


def _without_halves(text: str) -> str:
    """The text without a mark that opens or closes nothing."""
    parts = _PAIR.split(text)
    return "".join(
        part if place % 2 else part.translate(_HALVES) for place, part in enumerate(parts)
    )


def _sentences(text: str) -> list[str]:
    """Sentences, never cut within quotation marks."""
    found, begin = [], 0
    spans = [match.span() for match in _QUOTED.finditer(text)]
    for match in _ENDS.finditer(text):
        if not any(start < match.start() < end - 1 for start, end in spans):
            found.append(text[begin : match.end()].strip())
            begin = match.end()
    return [*found, text[begin:].strip()]
