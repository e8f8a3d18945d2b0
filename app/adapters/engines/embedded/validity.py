"""What is known, and not known, about how far this engine's panels resemble people."""

from app.adapters.engines.embedded.heads.figures import Figures, by_hand, figures
from app.domain.panel.shapes import Document, Json, Wording

UNVALIDATED = "unvalidated-format"
_TASKS = {
    "headline": (
        "which of two headlines of one story is clicked more",
        "Upworthy Research Archive, 2013 to 2015: experiments with a real difference (p < .05)",
    ),
    "tweet": (
        "which of two tweets of one author about one link is retweeted more",
        "Tan, Lee and Pang 2014: pairs of tweets of 2012 and 2013",
    ),
    "argument": (
        "which of two arguments for one side of a debate convinces more",
        "Habernal and Gurevych 2016: arguments of debate portals, whole topics held out",
    ),
}
_ADVICE = (
    " Use it to find problems, and confirm with people. Intervals are sampling error of the"
    " simulation only."
)
_BY_HAND = (
    "A simulation with weights set by hand from published findings; no figure of this format has"
    " been checked against people.{where}"
)
_COIN = (
    " Where panels of this kind could be checked, they chose between two wordings no better than a"
    " coin ({low} to {high} right): do not choose between texts by them."
)
_FOREIGN = (
    " The content does not read as English: word lists do not apply, so only structure, figures,"
    " prices and length were weighed."
)
_READ_AS = " By its form this text was read as {a}; it was checked on other texts than yours."
_WITH_ARTICLE = {"headline": "a headline", "tweet": "a tweet", "argument": "an argument"}
_NOT_VALIDATED = (
    "absolute rates", "individual personas", "segments", "purchase intent",
    "friction severities", "predicted gain of the rewrite",
)  # fmt: skip


def validity(document: Document) -> Json:
    """The validity block of a report."""
    wording = document.wording
    found = figures(wording.format) if wording else None
    known = _measured(wording, found) if wording and found else unvalidated(document.language)
    return {
        **known,
        "not_validated": list(_NOT_VALIDATED),
        "language": document.language,
    }


def _measured(wording: Wording, found: Figures) -> Json:
    task, data = _TASKS[wording.format]
    return {
        "level": wording.level,
        "task": task,
        "accuracy": found.accuracy,
        "ci": list(found.ci),
        "data": data,
        "baseline": {"guessing": 0.5, "length": found.length_alone},
        "ceiling": found.ceiling,
        "note": _said(wording, found, task),
    }


def _said(wording: Wording, found: Figures, task: str) -> str:
    right = (
        f"A simulation. Its weights for {task} were right in {_percent(found.accuracy)} of"
        f" {found.pairs:,} choices of people they had not seen; a panel's mean, in"
        f" {_percent(found.panel)}. Nothing else of it has been checked."
    )
    elsewhere = _READ_AS.format(a=_WITH_ARTICLE[wording.format])
    return right + (elsewhere if wording.level == "validated-elsewhere" else "") + _ADVICE


def unvalidated(language: str) -> Json:
    """What is said of a text that no benchmark speaks for."""
    unknown = dict.fromkeys(("task", "accuracy", "ci", "data", "baseline", "ceiling"))
    low_high = by_hand()
    where = _COIN.format(low=_percent(low_high[0]), high=_percent(low_high[1])) if low_high else ""
    note = _BY_HAND.format(where=where) + (_FOREIGN if language != "en" else "")
    return {"level": UNVALIDATED, **unknown, "note": note + _ADVICE}


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
