"""What somebody of an age does: nobody is a retiree at twenty, few are students at eighty."""

from collections.abc import Sequence

from app.domain.panel.streams import Stream
from app.domain.panel.word_sets import word_set

# Words of an occupation, and the ages it is given to; design assumptions.
_AGES = (
    (word_set("student apprentice intern graduate au"), 18, 45),
    (word_set("doctor lawyer counsel lecturer postdoctoral principal"), 27, 120),
    (word_set("CISO director president"), 30, 120),
    (word_set("retiree retired"), 58, 120),
)
_PENSION = 71  # whoever is older had their occupation
_FOR_LIFE = word_set("retiree retired volunteer home stay-at-home part-time seeker changer")


def occupation_for(stream: Stream, choices: Sequence[str], age: int) -> str:
    """One of a card's occupations somebody may have at this age, or have had."""
    fitting = [job for job in choices if _fits(job, age)]
    usual = 2 * len(fitting) >= len(choices)  # else the audience is of an age its card is not
    job = stream.pick(fitting if usual else choices)
    had = age > _PENSION and usual and not _FOR_LIFE.intersection(job.split())
    return f"retired {job}" if had else job


def _fits(job: str, age: int) -> bool:
    words = job.split()
    spans = [(first, last) for said, first, last in _AGES if said.intersection(words)]
    return all(first <= age <= last for first, last in spans)
