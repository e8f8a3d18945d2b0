"""Which head has learned texts of this kind, and what it says of one."""

from app.adapters.engines.embedded.heads.head import head
from app.adapters.engines.embedded.reading.words import tokens
from app.domain.panel.shapes import Document, Wording
from app.domain.panel.word_sets import word_set

HERE, ELSEWHERE = "validated-wording", "validated-elsewhere"
_PROSE = ("text", "markdown")
HEADLINE = range(4, 26)  # words; those learned from have as many
ARGUMENT = range(12, 251)
TITLED = 0.6  # of the words begin with a capital
_SIDES = word_set(
    "should shouldn must ought agree disagree wrong right rights believe argue argues argument"
    " oppose opposed against favor favour ban banned illegal allow allowed unfair fair moral"
    " immoral deserve deserves worse because therefore reason reasons"
)
_REASONS = _SIDES | word_set(
    "since thus hence so if evidence study studies however but although example cause think"
)


def wording(document: Document) -> Wording | None:
    """What the head of such texts makes of this one; None where no head has learned any."""
    format_ = _format(document)
    if format_ is None:
        return None
    judge = head(format_)
    return Wording(format_, _level(format_, document.text), judge.worth(document.text.strip()))


def _format(document: Document) -> str | None:
    """By form alone: what a text is about never says which people were asked."""
    if document.language != "en" or not document.features["words"]:
        return None
    if document.content_type == "tweet":
        return "tweet"
    if document.content_type not in _PROSE:
        return None
    words = int(document.features["words"])
    if words in ARGUMENT and _argues(document) and not _titled(document.text):
        return "argument"
    return "headline" if words in HEADLINE and "\n" not in document.text.strip() else None


def _argues(document: Document) -> bool:
    """It takes a side and gives a reason, and offers nothing."""
    said = {token.word for token in tokens(document.text)}
    return not document.features["selling"] and bool(said & _SIDES) and len(said & _REASONS) > 1


def _level(format_: str, text: str) -> str:
    """A tweet says itself that it is one; of a text it is taken from its form."""
    return HERE if format_ == "tweet" or (format_ == "headline" and _titled(text)) else ELSEWHERE


def _titled(text: str) -> bool:
    words = [word for word in text.split() if word[:1].isalpha()]
    return sum(word[0].isupper() for word in words) >= TITLED * len(words)
