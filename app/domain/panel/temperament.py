"""The Big Five as people have them together, and the reading traits that follow from them."""

from collections.abc import Callable, Mapping
from math import sqrt

from app.domain.panel.noise import total

BIG_FIVE = ("A", "C", "E", "N", "O")
DERIVED = ("need_for_cognition", "skepticism", "price_sensitivity", "expertise", "novelty")

# Correlations of the 2,800 adults of the SAPA sample (bfi, R package psych).
_CORRELATIONS = (
    (1.0, 0.25, 0.47, -0.18, 0.13),
    (0.25, 1.0, 0.26, -0.23, 0.19),
    (0.47, 0.26, 1.0, -0.22, 0.22),
    (-0.18, -0.23, -0.22, 1.0, -0.08),
    (0.13, 0.19, 0.22, -0.08, 1.0),
)
# Same sample: correlations with being a woman (+1) or a man (-1), with age, with schooling.
_BY_GENDER = {"A": 0.22, "E": 0.13, "N": 0.12}
_BY_AGE = {"A": 0.15, "N": -0.10}
_BY_SCHOOLING = {"O": 0.11}
_SIGN = {"woman": 1.0, "man": -1.0}

# Stated loadings, design assumptions: small, so that no trait is another under a new name.
_LOADINGS: dict[str, dict[str, float]] = {
    "need_for_cognition": {"O": 0.40, "C": 0.15, "schooling": 0.20},
    "skepticism": {"A": -0.35, "N": 0.10, "need_for_cognition": 0.20},
    "price_sensitivity": {"C": 0.10, "N": 0.15, "age": -0.05},
    "expertise": {"need_for_cognition": 0.20, "schooling": 0.20},
    "novelty": {"O": 0.40, "E": 0.20, "age": -0.15},
}


def traits(
    normal: Callable[[str], float],
    gender: str,
    age: float,
    schooling: float,
    priors: Mapping[str, float],
) -> dict[str, float]:
    """The standard scores of one person; `normal` gives their own draw by name."""
    known = {"age": age, "schooling": schooling}
    drawn = _correlated([normal(name) for name in BIG_FIVE])
    for name, own in zip(BIG_FIVE, drawn, strict=True):
        pulls = (
            _BY_GENDER.get(name, 0.0) * _SIGN.get(gender, 0.0)
            + _BY_AGE.get(name, 0.0) * age
            + _BY_SCHOOLING.get(name, 0.0) * schooling
        )
        known[name] = 0.96 * own + pulls
    for name, loadings in _LOADINGS.items():
        rest = sqrt(1.0 - total(value * value for value in loadings.values()))
        pull = total(value * known[source] for source, value in loadings.items())
        known[name] = pull + rest * normal(name) + priors.get(name, 0.0)
    return {name: round(known[name], 6) for name in (*BIG_FIVE, *DERIVED)}


def _correlated(independent: list[float]) -> list[float]:
    return [total(weight * independent[i] for i, weight in enumerate(row)) for row in _FACTOR]


def _cholesky(matrix: tuple[tuple[float, ...], ...]) -> tuple[tuple[float, ...], ...]:
    rows: list[list[float]] = []
    for i, line in enumerate(matrix):
        row: list[float] = []
        for j in range(i + 1):
            left = line[j] - total(row[k] * (rows[j][k] if j < i else row[k]) for k in range(j))
            row.append(sqrt(left) if i == j else left / rows[j][j])
        rows.append(row)
    return tuple(tuple(row) for row in rows)


_FACTOR = _cholesky(_CORRELATIONS)
