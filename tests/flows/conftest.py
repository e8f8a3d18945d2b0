"""The installation these tests talk to; they talk to real ones over sockets."""

import pytest

from tests.tools.installation import inline, polis, standing

__all__ = ["inline", "polis", "standing"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is a process talking to another one."""
    for item in items:
        if "flows" in item.path.parts:
            item.add_marker(pytest.mark.enable_socket)


SHELLS = (["dash"], ["bash"], ["bash", "--posix"])
