"""Which change a question supposes, if it supposes one that can be made."""

import re

from app.adapters.engines.embedded.ask.mention import Mention, located, mention_in
from app.adapters.engines.embedded.ask.question import Question, understood
from app.adapters.engines.embedded.ask.whatif import edits
from app.adapters.engines.embedded.ask.whatif.additions import addition
from app.adapters.engines.embedded.ask.whatif.edits import Edit
from app.domain.panel.shapes import Document

_SUPPOSES = re.compile(
    r"\b(?:what|how about) if\b|\b(?:help|matter) if\b|\bsuppose\b|\bimagine\b|\bwithout\b"
    r"|\bif (?:it|we|i|they|you|the|this|that|there|someone|somebody|instead)\b"
    r"|\binstead of\b|\brather than\b|\bin place of\b|\breplac|\bswap"
)
_REMOVES = re.compile(
    r"\b(?:remov\w{1,3}|without|drop\w{0,4}|delet\w{1,3}|cut|cuts|cutting|took out|take out"
    r"|left out"
    r"|leave out|got rid of|get rid of|lost|didn't (?:say|have|mention|use|include)|wasn't there"
    r"|weren't there|was gone|were gone|fewer|less)\b"
)
_SHORTENS = re.compile(r"\b(?:shorter|half (?:as long|the length)|cut (?:it )?in half|briefer)\b")
_MOVES = re.compile(r"\b(?:mov\w{1,3}|put|start\w{0,3}|open\w{0,3}|lead|led)\b")
_TO_FRONT = re.compile(
    r"\b(?:top|first|front|up|start\w{0,3} with|open\w{0,3} with|le[ad]d? with)\b"
)
_SWAPS = re.compile(r"\b(?:instead of|rather than|in place of)\b")
_EXCHANGES = re.compile(r"\b(?:replac\w{1,4}|swap\w{0,4}|chang\w{1,3}|turn\w{0,2})\b")
_LEADS = re.compile(
    r"\b(?:said|say|says|saying|used|use|uses|using|wrote|write|with|would|had|put|was|were"
    r"|if|about"
    r"|for|to|by|it|having)\b"
)
_HEADS = re.compile(
    r"\b(?:headline|title|subject line|opening(?: line)?|first (?:line|sentence))\b"
)
_LAST = re.compile(r"\b(?:last|final|closing) (?:line|sentence|paragraph|bit|part)\b")
_NEW_MOST = 300
_KINDS = (
    ("hype", "big words", r"hype|buzzwords?|big words?|superlatives?|adjectives?"),
    ("jargon", "jargon", r"jargon|technical (?:terms?|words?)|acronyms?"),
    ("emoji", "emoji", r"emojis?"),
    ("hashtag", "hashtags", r"hashtags?"),
    ("shouting", "shouting", r"exclamation (?:marks?|points?)|shouting|capitals?|caps"),
    ("urgency", "urgency", r"urgency|pressure|countdown|scarcity"),
    ("number", "figures", r"numbers?|figures?|statistics?|stats"),
    ("social_proof", "name-dropping", r"social proof|name.dropping|logos?"),
    ("price", "price", r"price|pricing"),
    ("ask", "call to action", r"call to action|cta|ask"),
    ("link", "link", r"links?"),
    ("question", "question", r"questions?"),
    ("corporate_we", "“we”", r"\bwe\b|corporate voice"),
    ("filler", "padding", r"filler|padding"),
)
_KIND_PATTERNS = tuple(
    (kind, noun, re.compile(rf"\b(?:{words})\b")) for kind, noun, words in _KINDS
)


def hypothesis(question: Question, document: Document) -> Edit | None:
    """The supposed change, made; None where nothing is supposed or it cannot be made."""
    if not _SUPPOSES.search(question.low):
        return None
    tries = (_replaced, _headed, _moved, _removed, _shortened, addition)
    return next((edit for attempt in tries if (edit := attempt(question, document))), None)


def supposes(question: Question) -> bool:
    """Whether the question supposes a change at all."""
    return bool(_SUPPOSES.search(question.low))


def _replaced(question: Question, document: Document) -> Edit | None:
    swap = _SWAPS.search(question.low)
    if swap:
        old = _first_found(question.text[swap.end() :], document)
        new = _tail(question.text[: swap.start()])
        return edits.put_in_place(document, old, new) if old and new else None
    if not _EXCHANGES.search(question.low):
        return None
    _, verb, after = _split(question.text, _EXCHANGES)
    before, link, new = _split(after, re.compile(r"\b(?:with|by|for|to|into)\b"))
    old = _first_found(before, document) if verb and link else None
    new = _phrase(new)
    return edits.put_in_place(document, old, new) if old and new else None


def _headed(question: Question, document: Document) -> Edit | None:
    if not (_HEADS.search(question.low) and question.quoted):
        return None
    first, new = document.spans[0], question.quoted[-1]
    if located(new, document) or _REMOVES.search(question.low):
        return None
    return edits.put_in_place(document, Mention(first.start, first.end, first.text), new)


def _moved(question: Question, document: Document) -> Edit | None:
    if not (_MOVES.search(question.low) and _TO_FRONT.search(question.low)):
        return None
    found = mention_in(question, document)
    return edits.move_up(document, found) if found else None


def _removed(question: Question, document: Document) -> Edit | None:
    if not _REMOVES.search(question.low):
        return None
    found = _first_found(_split(question.text, _REMOVES)[2], document) or (
        mention_in(question, document)
    )
    if found:
        return edits.take_out(document, found)
    if _LAST.search(question.low):
        return edits.take_out_span(document.spans[-1], document, "last line")
    if _HEADS.search(question.low):
        return edits.take_out_span(document.spans[0], document, "opening")
    for kind, noun, words in _KIND_PATTERNS:
        if words.search(question.low):
            return edits.take_out_kind(document, kind, noun)
    return None


def _shortened(question: Question, document: Document) -> Edit | None:
    return edits.cut_short(document) if _SHORTENS.search(question.low) else None


def _first_found(text: str, document: Document) -> Mention | None:
    return mention_in(understood(text), document)


def _tail(text: str) -> str:
    """What is to stand there: quoted, or the words after the last word that leads to it."""
    quoted = understood(text).quoted
    if quoted:
        return quoted[-1].strip()
    leads = list(_LEADS.finditer(text.lower()))
    return _phrase(text[leads[-1].end() :]) if leads else ""


def _phrase(text: str) -> str:
    quoted = understood(text).quoted
    return (quoted[0] if quoted else text).strip(" .,;:!?")[:_NEW_MOST]


def _split(text: str, pattern: re.Pattern[str]) -> tuple[str, str, str]:
    match = pattern.search(text.lower()) if len(text.lower()) == len(text) else None
    if match is None:
        return text, "", ""
    return text[: match.start()], match[0], text[match.end() :]
