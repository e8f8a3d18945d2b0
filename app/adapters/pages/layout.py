"""Layout heuristics: what the boxes of a page say of how it is met; no picture is looked at."""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from app.adapters.pages.contrast import contrast
from app.domain.pages.layout import Finding
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
_LEAST = 0.3  # strength of what is only just worth a note


def findings(wide: Box, phone: Box) -> tuple[Finding, ...]:
    """What stands in a visitor's way, in the order they meet it."""
    found = (*_fold(wide), *_buttons(wide), *_faint(wide), *_density(wide), *_on_a_phone(phone))
    return tuple(one._replace(strength=round(min(one.strength, 1.0), 6)) for one in found)


def notes(wide: Box, phone: Box, found: Sequence[Finding]) -> tuple[str, ...]:
    """How it was looked for, and one sentence for each finding."""
    screens = f"{_px(wide['width'])} by {_px(wide['height'])} and {_px(phone['width'])} px wide"
    told = "Nothing stood out." if not found else f"{len(found)} finding{'s' * (len(found) > 1)}."
    first = f"Layout heuristics, from boxes in a browser {screens}: {told}"
    return (first, *(one.told for one in found))


def _fold(page: Box) -> Iterator[Finding]:
    """What a visitor meets before scrolling."""
    headings = page["headings"]
    first = [one for one in headings if one["top"] < page["height"]]
    if not headings:
        yield Finding("layout_heading", 0.6, "There is no heading (h1 to h3) on the page.")
    elif not first:
        down = _px(headings[0]["top"])
        told = f"The first heading, {_quote(headings[0])}, stands {down} px down, below the fold."
        yield Finding("layout_heading", 0.8, told)
    else:
        yield from _size(max(first, key=_size_of), page["texts"])


def _size(heading: Box, texts: Sequence[Box]) -> Iterator[Finding]:
    sizes = [one["size"] for one in texts if one["words"] >= 6]
    text = median(sizes) if sizes else 0.0
    if text and _size_of(heading) < _HEADED * text:
        told = (
            f"The main heading, {_quote(heading)}, is {_px(_size_of(heading))} px beside text of "
            f"{_px(text)} px: it hardly stands out."
        )
        yield Finding("layout_heading", _LEAST + _HEADED - _size_of(heading) / text, told)


def _buttons(page: Box) -> Iterator[Finding]:
    """What a visitor is asked to do, and where."""
    buttons = sorted(page["buttons"], key=lambda one: one["top"])
    first = [one for one in buttons if one["top"] + one["height"] <= page["height"]]
    named = list(dict.fromkeys(_quote(one) for one in first))
    if not buttons:
        told = "There is no button on the page: what to do next is left to links in the text."
        yield Finding("layout_ask", 0.5, told)
    elif not first:
        down = buttons[0]["top"]
        told = f"No button stands above the fold: the first one, {_quote(buttons[0])}, is "
        further = 0.2 * (down / max(page["height"], 1) - 1)  # for each screen below the first
        yield Finding("layout_ask", _LEAST + max(further, 0.0), f"{told}{_px(down)} px down.")
    elif len(named) > _COMPETING:
        told = f"{len(named)} buttons compete above the fold: {', '.join(named[:5])}."
        yield Finding("layout_competing", _LEAST + 0.15 * (len(named) - _COMPETING), told)


def _faint(page: Box) -> Iterator[Finding]:
    """Text that is hard to tell from what is behind it."""
    told = [(contrast(one["colour"], one["behind"]), one) for one in page["texts"]]
    faint = [(ratio, one) for ratio, one in told if ratio is not None and ratio < _wanted(one)]
    if faint:
        ratio, worst = min(faint, key=lambda each: each[0])
        yield Finding(
            "layout_contrast",
            _LEAST + _share([one for _, one in faint], page["texts"]),
            f"{len(faint)} of {len(told)} pieces of text have too little contrast; the least is "
            f"{_quote(worst)}, {ratio:.1f} to 1 where {_wanted(worst)} is needed.",
        )


def _density(page: Box) -> Iterator[Finding]:
    """How much there is to read, and how far down it goes."""
    words = sum(one["words"] for one in page["texts"] if one["top"] < page["height"])
    screens = page["whole"] / max(page["height"], 1)
    if words > _CROWDED:
        over = words / _CROWDED - 1
        yield Finding("layout_crowded", _LEAST + over, f"The first screen holds {words} words.")
    elif words < _BARE:
        told = f"The first screen holds {words} word{'' if words == 1 else 's'} of text."
        yield Finding("layout_bare", _LEAST + 0.1 * (_BARE - words), told)
    if screens > _LONG:
        over = screens / _LONG - 1
        yield Finding("layout_long", _LEAST + over, f"The page is {screens:.0f} screens long.")


def _on_a_phone(page: Box) -> Iterator[Finding]:
    if page["shrunk"]:
        told = "On a phone the page is shown as on a desk, and shrunk: it names no viewport."
        yield Finding("layout_phone", 0.8, told)
        return
    tiny = [one for one in page["texts"] if one["size"] < _TINY]
    share = _share(tiny, page["texts"])
    if share > _SHARE:
        least = _px(min(map(_size_of, tiny)))
        told = f"On a phone {share:.0%} of the words are under 12 px, the smallest {least} px."
        yield Finding("layout_phone", _LEAST + share, told)
    if page["across"] > page["width"] + 1:
        told = f"On a phone the page is {_px(page['across'])} px across and moves sideways."
        yield Finding("layout_phone", 0.6, told)


def _share(some: Sequence[Box], texts: Sequence[Box]) -> float:
    """How many of the words stand in some of the texts."""
    return float(sum(one["words"] for one in some) / max(sum(one["words"] for one in texts), 1))


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
