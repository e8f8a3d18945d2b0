"""Age, gender and education of adults, from published margins."""

from collections.abc import Sequence

from app.domain.panel.noise import total

# US Census Bureau, American Community Survey 2022 (1-year, table S0101), adults, rounded.
AGES = ((18, 24, 0.12), (25, 34, 0.174), (35, 44, 0.167), (45, 54, 0.156), (55, 64, 0.162),
        (65, 74, 0.13), (75, 88, 0.091))  # fmt: skip

# ACS 2022 sex margin of adults; the non-binary share is Pew Research Center, June 2022.
GENDERS = (("woman", 0.505), ("man", 0.485), ("non-binary", 0.01))

# ACS 2022 (table S1501), adults of 25 and over, rounded to a tenth of a point.
EDUCATION = (("no high school diploma", 0.104), ("high school", 0.261), ("some college", 0.191),
             ("associate degree", 0.088), ("bachelor's degree", 0.216),
             ("graduate degree", 0.14))  # fmt: skip


def age_at(unit: float, youngest: int, oldest: int) -> int:
    """The age at this quantile of the adult margin, kept within the bounds."""
    bands = [(max(low, youngest), min(high, oldest), share, high - low + 1)
             for low, high, share in AGES if high >= youngest and low <= oldest]  # fmt: skip
    weights = [share * (high - low + 1) / width for low, high, share, width in bands]
    place, rest = _locate(unit, weights)
    low, high = bands[place][:2]
    return low + int(rest * (high - low + 1))


def named_at(unit: float, margin: Sequence[tuple[str, float]]) -> str:
    """The category at this quantile of a margin."""
    return margin[_locate(unit, [share for _, share in margin])[0]][0]


def education_at(unit: float, expertise: float) -> tuple[str, float]:
    """A schooling and its standard score; expert audiences are schooled above the margin."""
    lifted = min(max(unit + 0.18 * expertise * (1.0 - abs(2.0 * unit - 1.0)), 0.0), 0.9999)
    return named_at(lifted, EDUCATION), (lifted - 0.5) * 3.4641016151377544  # uniform, variance 1


def _locate(unit: float, weights: Sequence[float]) -> tuple[int, float]:
    left = unit * total(weights)
    for place, weight in enumerate(weights):
        if left < weight:
            return place, left / weight
        left -= weight
    return len(weights) - 1, 0.999
