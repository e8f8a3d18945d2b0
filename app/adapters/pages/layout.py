"""Layout heuristics: what the boxes of a page say of how it is met; no picture is looked at."""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from app.adapters.pages.contrast import contrast
from app.kit.plain import plain

Box = dict[str, Any]

_HEADED = 1.4  # how much larger than the text a heading stands out by
_COMPETING = 3  # buttons on the first screen from which they compete
_CROWDED, _BARE = 180, 6  # words on the first screen
_LARGE, _LARGE_BOLD = 24.0, 18.66  # px from which less contrast does (WCAG 2.2, 1.4.3)
_ENOUGH, _ENOUGH_LARGE = 4.5, 3.0
_TINY = 12.0  # px on a phone
_LONG = 8  # screens
_SHARE = 0.1  # of the words of a page from which something small is worth a note
_QUOTED = 40


def notes(wide: Box, phone: Box) -> tuple[str, ...]:
    """What was found, the gravest kinds first; one sentence each."""
    found = [*_fold(wide), *_buttons(wide), *_faint(wide), *_density(wide), *_on_a_phone(phone)]
    screens = f"{_px(wide['width'])} by {_px(wide['height'])} and {_px(phone['width'])} px wide"
    told = "Nothing stood out." if not found else f"{len(found)} finding{'s' * (len(found) > 1)}."
    return (f"Layout heuristics, from boxes in a browser {screens}: {told}", *found)


def _fold(page: Box) -> Iterator[str]:
    """What a visitor meets before scrolling."""
    headings = page["headings"]
    first = [one for one in headings if one["top"] < page["height"]]
    if not headings:
        yield "There is no heading (h1 to h3) on the page."
    elif not first:
        down = _px(headings[0]["top"])
        yield f"The first heading, {_quote(headings[0])}, stands {down} px down, below the fold."
    else:
        yield from _size(max(first, key=_size_of), page["texts"])


def _size(heading: Box, texts: Sequence[Box]) -> Iterator[str]:
    sizes = [one["size"] for one in texts if one["words"] >= 6]
    text = median(sizes) if sizes else 0.0
    if text and _size_of(heading) < _HEADED * text:
        yield (
            f"The main heading, {_quote(heading)}, is {_px(_size_of(heading))} px beside text of "
            f"{_px(text)} px: it hardly stands out."
        )


def _buttons(page: Box) -> Iterator[str]:
    """What a visitor is asked to do, and where."""
    buttons = sorted(page["buttons"], key=lambda one: one["top"])
    first = [one for one in buttons if one["top"] + one["height"] <= page["height"]]
    named = list(dict.fromkeys(_quote(one) for one in first))
    if not buttons:
        yield "There is no button on the page: what to do next is left to links in the text."
    elif not first:
        yield (
            f"No button stands above the fold: the first one, {_quote(buttons[0])}, is "
            f"{_px(buttons[0]['top'])} px down."
        )
    elif len(named) > _COMPETING:
        yield f"{len(named)} buttons compete above the fold: {', '.join(named[:5])}."


def _faint(page: Box) -> Iterator[str]:
    """Text that is hard to tell from what is behind it."""
    told = [(contrast(one["colour"], one["behind"]), one) for one in page["texts"]]
    faint = [(ratio, one) for ratio, one in told if ratio is not None and ratio < _wanted(one)]
    if faint:
        ratio, worst = min(faint, key=lambda each: each[0])
        yield (
            f"{len(faint)} of {len(told)} pieces of text have too little contrast; the least is "
            f"{_quote(worst)}, {ratio:.1f} to 1 where {_wanted(worst)} is needed."
        )


def _density(page: Box) -> Iterator[str]:
    """How much there is to read, and how far down it goes."""
    words = sum(one["words"] for one in page["texts"] if one["top"] < page["height"])
    screens = page["whole"] / max(page["height"], 1)
    if words > _CROWDED:
        yield f"The first screen holds {words} words."
    elif words < _BARE:
        yield f"The first screen holds {words} word{'' if words == 1 else 's'} of text."
    if screens > _LONG:
        yield f"The page is {screens:.0f} screens long."


def _on_a_phone(page: Box) -> Iterator[str]:
    if page["shrunk"]:
        yield "On a phone the page is shown as on a desk, and shrunk: it names no viewport."
        return
    tiny = [one for one in page["texts"] if one["size"] < _TINY]
    share = sum(one["words"] for one in tiny) / max(sum(one["words"] for one in page["texts"]), 1)
    if share > _SHARE:
        least = _px(min(map(_size_of, tiny)))
        yield f"On a phone {share:.0%} of the words are under 12 px, the smallest {least} px."
    if page["across"] > page["width"] + 1:
        yield f"On a phone the page is {_px(page['across'])} px across and moves sideways."


def _wanted(text: Box) -> float:
    large = text["size"] >= (_LARGE_BOLD if text["bold"] else _LARGE)
    return _ENOUGH_LARGE if large else _ENOUGH


def _size_of(box: Box) -> float:
    return float(box["size"])


def _px(figure: float) -> str:
    return f"{figure:,.0f}"


def _quote(box: Box) -> str:
    text = " ".join(plain(box["text"]).split())
    return f"“{text if len(text) <= _QUOTED else text[:_QUOTED].rstrip() + '…'}”"
