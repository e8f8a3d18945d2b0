"""Weighted ridge on differences of rows, and odds fitted to what held-out people preferred."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize_scalar
from scipy.sparse.linalg import LinearOperator, cg

Floats = NDArray[np.float64]
_EXACT = 1e-6


def ridge(rows: sparse.csr_matrix, wanted: Floats, weights: Floats, strength: float) -> Floats:
    """The weights of columns that minimise sum(w (wanted - rows b)^2) + strength |b|^2."""
    width = rows.shape[1]
    weights = weights / weights.mean()
    transposed = rows.T.tocsr()

    def normal(beta: Floats) -> Floats:
        made: Floats = transposed @ (weights * (rows @ beta)) + strength * beta
        return made

    operator = LinearOperator((width, width), matvec=normal, dtype=np.float64)
    found, failed = cg(operator, transposed @ (weights * wanted), rtol=_EXACT, maxiter=2_000)
    if failed:
        raise ArithmeticError("The weights were not found: conjugate gradients did not converge.")
    return found


def steepness(differences: Floats, won: NDArray[np.bool_]) -> float:
    """The slope of the logistic odds that fits these outcomes best."""

    def loss(log_slope: float) -> float:
        signed = np.where(won, differences, -differences) * np.exp(log_slope)
        return float(np.logaddexp(0, -signed).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4, 6), method="bounded").x))
