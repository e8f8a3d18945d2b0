"""Things a question supposes to be there: added as a placeholder, never as an invented fact."""

import re

from app.adapters.engines.embedded.ask.question import Question
from app.adapters.engines.embedded.ask.whatif import edits
from app.adapters.engines.embedded.ask.whatif.edits import Edit
from app.domain.panel.shapes import Document

_ADDS = re.compile(
    r"\b(?:add\w{0,3}|show\w{0,2}|includ\w{1,3}|mention\w{0,2}|had|has|have|there (?:was|were"
    r"|is|are)"
    r"|said|say|says|told|gave|give|was|were|stated?|explain\w{0,2}|came with|costs?|offer\w{0,2}"
    r"|were to)\b"
)
_FIGURE = re.compile(
    r"[$€£¥]\s?\d[\d.,]{0,12}(?:\s?(?:/|per|a)\s?\w{1,12})?"
    r"|\b\d[\d.,]{0,12}\s?(?:dollars|euros|pounds)\b"
)
# (what is spoken of, sentence added, what was done, cue kind it answers). The bracketed ones are
# placeholders the reading knows: the thing counts as there, without a claim about what it says.
_THINGS: tuple[tuple[str, str, str, str], ...] = (
    (r"pric\w{0,3}|costs?", "[add price]", "with a price shown", "missing_price"),
    (r"free trial|try it (?:for )?free|trial",
     "There is a free trial.", "with a free trial", "guarantee"),
    (r"money.back|refund|guarantee",
     "There is a money-back guarantee.", "with a guarantee", "guarantee"),
    (r"cancel\w{0,6}", "You can cancel anytime.", "with a way out", "guarantee"),
    (r"proof|evidence|sources?|stud(?:y|ies)|data|examples?|testimonials?|reviews?|references?"
     r"|quotes?|customers?|results?", "[add source]", "with evidence shown", "missing_proof"),
    (r"call to action|cta|next step|link|button|ask",
     "[add next step]", "with a next step", "missing_ask"),
    (r"benefits?|what'?s in it|value|advantages?",
     "[say what the reader gains]", "with the benefit spelled out", "missing_benefit"),
    (r"who it(?:'s| is) for|audience|target",
     "[say who it is for]", "with its reader named", "missing_audience"),
)  # fmt: skip
_COMPILED = tuple(
    (re.compile(rf"\b(?:{words})\b"), sentence, done, kind)
    for words, sentence, done, kind in _THINGS
)


_AMOUNT = re.compile(
    r"\b(?:lower|cheaper|higher|half|double|less|more|too) (?:the |of the )?(?:expensive|pric|cost)"
    r"|\bpric\w{0,3} (?:was|were|is|had been) (?:\w{1,12} )?(?:lower|cheaper|higher|half"
    r"|double|less|more)"
    r"|\b(?:cheaper|more expensive|less expensive)\b|\b(?:lower|higher|half|double) (?:the )?pric"
)


def about_amount(question: Question) -> bool:
    """Whether it is about how high a price is."""
    return bool(_AMOUNT.search(question.low) or _FIGURE.search(question.text))


def addition(question: Question, document: Document) -> Edit | None:
    """The text with the supposed thing in it."""
    if not _ADDS.search(question.low):
        return None
    figure = _FIGURE.search(question.text)
    if about_amount(question) and (figure is None or _priced(document)):
        return None  # the panel weighs whether a price is shown, not how high it is
    if figure and not question.quoted:
        sentence = f"It costs {figure[0].strip()}."
        return edits.add(document, sentence, "at that price", "missing_price")
    if question.quoted:
        sentence = question.quoted[0].strip()
        return edits.add(document, f"{sentence.rstrip('.')}.", "with that line in it", "")
    for words, sentence, done, kind in _COMPILED:
        if words.search(question.low):
            return edits.add(document, sentence, done, kind)
    return None


def _priced(document: Document) -> bool:
    return any(cue.kind == "price" and any(map(str.isdigit, cue.surface)) for cue in document.cues)
