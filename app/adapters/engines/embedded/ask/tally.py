"""What several answers to one question add up to, in figures."""

import re
from collections import Counter
from collections.abc import Sequence

from app.adapters.engines.embedded.ask.question import understood
from app.domain.panel.intervals import mean, wilson
from app.domain.panel.shapes import Answer

_QUOTED = re.compile(r"“([^“”]+)”")
_MOVED = re.compile(r"\bfrom (\d{1,2}) to (\d{1,2}) out of 10\b")
_STILL = re.compile(
    r"\bstill \d{1,2} out of 10\b|\bstays at \d{1,2} out of 10\b|\bat \d{1,2} out of 10\b"
)
_THERE = re.compile(r"\bit's there already\b|\band I went by that\b", re.IGNORECASE)
_OUT_OF_TEN = re.compile(r"\b(\d{1,2}) out of 10\b")
_OPENINGS = {
    "yes": re.compile(r"(?:Yes|Probably|I did|I do|That would do it|I would)\b"),
    "maybe": re.compile(r"(?:Maybe|Possibly|Perhaps|It depends|Half|Partly|A bit|Up to)\b"),
    "no": re.compile(r"(?:No\b|Not\b|Hardly|Nobody|That would cost|The other way|It wouldn't)"),
}
_REPEATED = re.compile(r"^(?:As I said|Same answer as before|Like I told you): ")
_ESTIMATED_FROM = 30  # answers from which a share is worth an interval


def summarise(question: str, answers: Sequence[Answer]) -> str:
    """What the answers have in common, in one or two sentences."""
    grounded = [_REPEATED.sub("", answer.text) for answer in answers if answer.grounded]
    if not grounded:
        return f"None of the {len(answers)} found anything in what they read that speaks to this."
    asked = understood(question)
    verdicts = _moved(grounded) or (_counted(grounded) if asked.closed else _mean(grounded))
    told = "; ".join(filter(None, (verdicts, _cited(grounded))))
    heads = f"{len(grounded)} of {len(answers)} answered from what they read"
    return f"{heads}: {told}." if told else f"{heads}."


def _counted(texts: Sequence[str]) -> str:
    counts = {
        name: sum(bool(opening.match(text)) for text in texts)
        for name, opening in _OPENINGS.items()
    }
    if not any(counts.values()):
        return ""
    said = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    if len(texts) < _ESTIMATED_FROM or not counts["yes"]:
        return said
    low, high = wilson(counts["yes"], len(texts))
    return f"{said} (yes {_percent(low)}–{_percent(high)} % by sampling alone)"  # noqa: RUF001 - a range of figures


def _moved(texts: Sequence[str]) -> str:
    """Where answers tell of a change, how many moved which way and how far."""
    pairs = [(float(m[1]), float(m[2])) for text in texts if (m := _MOVED.search(text))]
    unmoved = sum(bool(_STILL.search(text)) for text in texts)
    there = sum(bool(_THERE.search(text)) for text in texts)
    if not pairs and not unmoved and not there:
        return ""
    up = sum(after > before for before, after in pairs)
    counts = f"{up} would go further, {len(pairs) - up} less far, {unmoved} as far as before"
    counts += f", {there} found it there already" if there else ""
    if not pairs:
        return counts
    before, after = (mean([pair[side] for pair in pairs]) for side in (0, 1))
    return f"{counts}; those who move go from {before:.1f} to {after:.1f} out of 10 on average"


def _mean(texts: Sequence[str]) -> str:
    """Where answers give a mark, the average of them."""
    marks = [float(m[1]) for text in texts if (m := _OUT_OF_TEN.search(text))]
    return f"{mean(marks):.1f} out of 10 on average" if len(marks) > 1 else ""


def _cited(texts: Sequence[str]) -> str:
    """The words of the content most of them named."""
    counts = Counter(
        quote.lower() for text in texts for quote in dict.fromkeys(_QUOTED.findall(text))
    )
    first: dict[str, str] = {}
    for text in texts:
        for quote in _QUOTED.findall(text):
            first.setdefault(quote.lower(), quote)
    top = sorted(counts, key=lambda quote: (-counts[quote], quote))[:2]
    named = [f"“{first[quote]}” by {counts[quote]}" for quote in top if counts[quote] > 1]
    return f"named most: {' and '.join(named)}" if named else ""


def _percent(share: float) -> int:
    return int(share * 100 + 0.5)
