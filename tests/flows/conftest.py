"""The installation these tests talk to; they talk to real ones over sockets."""

from tests.tools.installation import inline, polis, standing

__all__ = ["inline", "polis", "standing"]


SHELLS = (["dash"], ["bash"], ["bash", "--posix"])
