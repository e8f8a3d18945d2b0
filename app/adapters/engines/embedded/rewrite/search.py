"""A greedy search over edits: each is tried on the panel and kept where it helps."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.adapters.engines.embedded.plan import Chair, sit
from app.adapters.engines.embedded.read import reread
from app.adapters.engines.embedded.rewrite import shaping, wording
from app.adapters.engines.embedded.rewrite.facts import facts, keeps
from app.adapters.engines.embedded.rewrite.gaps import GAPS, gap_filler
from app.adapters.engines.embedded.rewrite.telling import rationale
from app.adapters.engines.embedded.rewrite.text import tidy
from app.adapters.engines.embedded.view import Views
from app.domain.panel.intervals import mean
from app.domain.panel.shapes import Document, Json, Outcome
from app.domain.panel.visible import visible

_HEAD = 6_000  # characters that are searched; hardly anyone reads further before deciding
_TWEET = 280
_LEAST_GAIN = 0.002
_HARMLESS = -0.02
_WHATEVER_IT_COSTS = float("-inf")  # a tweet that is too long is none
_UNPRESSED = -0.1  # learned weights like a text longer: not for what drives people
_TRUST = 0.25  # worth of a point of trust beside the pull
_MOST_GAPS = {"tweet": 1}
_SOME_GAPS = 2
_PASSES = 3  # only the first cues of a kind are kept; the rest surface once those are gone
_MISSED = 0.25  # strength from which a gap is worth a placeholder


class Edit(NamedTuple):
    """One kind of edit and what to say of it."""

    name: str
    apply: Callable[[Document], str]


_ORDERS = Edit("took out sentences that press or give orders", shaping.without_orders)
_EDITS = (
    _ORDERS,
    Edit("announced the thing instead of the feeling about it", wording.plain_opening),
    Edit("left out hype words or said them plainly", wording.without_hype),
    Edit("said jargon in plain words", wording.plain_words),
    Edit("left out filler", wording.without_filler),
    Edit("lowered the voice", shaping.quieter),
    Edit("split hard sentences", shaping.split_sentences),
    Edit("spoke to the reader", wording.to_the_reader),
    Edit("kept two hashtags", shaping.fewer_tags),
)
_ORDER = (  # the panel reads in order but does not weigh it: these rest on the craft, not a re-run
    Edit("opened with the most specific sentence", shaping.strongest_first),
    Edit("put the request last", shaping.request_last),
)
_LENGTH = Edit("cut the emptiest sentences to fit the format", shaping.cut_to_length)


class Draft(NamedTuple):
    """A text with what the judges make of it."""

    views: Views
    score: float


def rewrite(views: Views, judges: Sequence[Chair], panel: Sequence[Chair]) -> Json:
    """The text after the edits that helped, and what they changed in the panel."""
    document = views.document
    head, tail = _parted(document.text)
    start = _draft(reread(document, head), judges) if tail else _first(views, judges)
    required = facts(shaping.without_planted(start.views.document))
    worded, names = _worded(start, judges, required)
    final, gaps = (worded, []) if tail else _with_gaps(worded, judges, required)
    outcomes = [_outcomes(draft.views, panel) for draft in (start, worded, final)]
    told = _laid_out(final.views.document, tail)
    told["rationale"] = rationale(document, names, gaps, outcomes)
    told["edits"] = [*names, *gaps]
    return told


def _worded(
    best: Draft, judges: Sequence[Chair], required: frozenset[str]
) -> tuple[Draft, list[str]]:
    """Every edit in its order, again while it still finds something that helps."""
    names: list[str] = []
    document = best.views.document
    for edit in (_LENGTH, *_EDITS, *_ORDER) if document.language == "en" else (_LENGTH,):
        least = _least(edit, document.content_type)
        for _ in range(_PASSES):
            tried = _tried(best, edit, judges, required, least)
            if tried is None:
                break
            best = tried
            names += [edit.name] if edit.name not in names else []
    return best, names


def _least(edit: Edit, content_type: str) -> float:
    """What an edit must gain at least to be kept."""
    if edit is _LENGTH and content_type == "tweet":
        return _WHATEVER_IT_COSTS
    if edit is _ORDERS:
        return _UNPRESSED
    return _HARMLESS if edit in (_LENGTH, *_ORDER) else _LEAST_GAIN


def _with_gaps(
    first: Draft, judges: Sequence[Chair], required: frozenset[str]
) -> tuple[Draft, list[str]]:
    """Placeholders by what filling them would change, the most helpful first."""
    document = first.views.document
    best, names, gains = first, list[str](), list[tuple[float, str]]()
    for cue in document.cues if document.language == "en" else ():
        if cue.kind in GAPS and cue.strength >= _MISSED:
            tried = _tried(first, Edit("", gap_filler(cue.kind)), judges, required, _LEAST_GAIN)
            gains += [(round(first.score - tried.score, 6), cue.kind)] if tried else []
    for _, kind in sorted(gains)[: _MOST_GAPS.get(document.content_type, _SOME_GAPS)]:
        tried = _tried(best, Edit("", gap_filler(kind)), judges, required, _LEAST_GAIN)
        if tried is not None:
            best = tried
            names.append(f"left room for {GAPS[kind][:-1]}")
    return best, names


def _tried(
    best: Draft, edit: Edit, judges: Sequence[Chair], required: frozenset[str], least: float
) -> Draft | None:
    document = best.views.document
    text = edit.apply(document)
    if tidy(text) == tidy(document.text) or not text.strip() or not keeps(required, text):
        return None
    if document.content_type == "tweet" and len(text) > max(_TWEET, len(document.text)):
        return None
    draft = _draft(reread(document, text), judges)
    return draft if draft.score - best.score > least else None


def _first(views: Views, judges: Sequence[Chair]) -> Draft:
    return Draft(views, _score(_outcomes(views, judges)))


def _draft(document: Document, judges: Sequence[Chair]) -> Draft:
    return _first(Views(document), judges)


def _outcomes(views: Views, chairs: Sequence[Chair]) -> list[Outcome]:
    return [sit(views, one).outcome for one in chairs]


def _score(outcomes: Sequence[Outcome]) -> float:
    return round(mean([one.utility + _TRUST * one.trust for one in outcomes]), 6)


def _parted(text: str) -> tuple[str, str]:
    if len(text) <= _HEAD:
        return text, ""
    cut = max(text.rfind("\n", 0, _HEAD), text.rfind(". ", 0, _HEAD) + 1)
    cut = cut if cut > _HEAD // 2 else _HEAD
    return text[:cut], text[cut:]


def _laid_out(document: Document, tail: str) -> Json:
    first = document.spans[0]
    if first.kind == "headline" and len(document.spans) > 1:
        body = document.text[first.end :].strip() + tail
        return {"headline": visible(first.text), "body": visible(body)}
    return {"body": visible(document.text + tail)}
