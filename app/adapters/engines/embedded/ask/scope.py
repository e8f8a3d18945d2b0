"""Whether a question is about the content and its reader at all."""

from app.adapters.engines.embedded.ask.question import Question
from app.adapters.engines.embedded.ask.vocabulary import FUNCTION, REVIEW
from app.adapters.engines.embedded.voice.topics import words_of
from app.domain.panel.shapes import Document

_FOREIGN_SHARE = 0.34  # of the telling words: beyond it the question is about something else


def in_scope(question: Question, document: Document) -> bool:
    """Whether what it asks about is the text, or something the text speaks of."""
    telling = [word for word in question.words if word not in FUNCTION]
    if not telling:
        return bool(question.words)
    own = words_of(document.text)
    foreign = sum(word not in REVIEW and not _known(word, own) for word in telling)
    return foreign <= _FOREIGN_SHARE * len(telling)


def _known(word: str, own: frozenset[str]) -> bool:
    return word in own or word.rstrip("s") in own or f"{word}s" in own
