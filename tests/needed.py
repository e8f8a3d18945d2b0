"""What only some machines have: the one place where a test is given up for want of it."""

import shutil
from pathlib import Path

import pytest

BY_NPM = "sh tests/clients/install.sh"


def needed(tool: str | Path, mend: str) -> str:
    """The path of a program or file; else the test is skipped with what to do about it.

    `make test` has to run on machines without a browser; the reason stands in its last lines, and
    with CI=true or in `make prove` `tests.house.could_not_run` makes a failure of it.
    """
    found = str(tool) if isinstance(tool, Path) and tool.exists() else shutil.which(str(tool))
    if found is None:
        name = tool.name if isinstance(tool, Path) else tool
        pytest.skip(f"{name} is not installed: {mend}")
    return found
