"""The weights as the engine reads them: one value a measure, a run of words, a word piece."""

import gzip
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fitting.design import Floats
from fitting.fit import Material

_DIGITS = 7
_INT16 = 32_767


def write(
    path: Path, it: Material, beta: Floats, table: NDArray[np.float32], steepness: float
) -> None:
    """A head's file; the same weights give the same bytes."""
    its, measured = it.design, len(it.design.measure_names)
    ran = measured + len(its.run_names)
    values = table @ (beta[ran:] * its.place_unit)
    unit = float(np.abs(values).max()) / _INT16
    kept = {
        "format": it.data.format,
        "data": it.data.digest,
        "middle": round(float((its.rows @ beta).mean()), _DIGITS),
        "steepness": round(steepness, _DIGITS),
        "measures": _named(its.measure_names, beta[:measured] * its.measure_units),
        "runs": _named(its.run_names, beta[measured:ran] * its.run_unit),
        "piece_unit": unit,
        "pieces": np.round(values / unit).astype(int).tolist(),
        "rarity": np.round(its.rarity * 100).astype(int).tolist(),
    }
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file, gzip.GzipFile("", "wb", mtime=0, fileobj=file) as packed:
        packed.write(text.encode())


def _named(names: list[str], values: Floats) -> dict[str, float]:
    """Each by its name; what weighs nothing to the last digit kept is left out."""
    rounded = (round(float(value), _DIGITS) for value in values)
    return {name: value for name, value in zip(names, rounded, strict=True) if value}
