"""The payments port of an installation that sells nothing: its operator hands out tokens."""

from typing import Any

from app.errors import NotFound


class NothingSold:
    """Refuses whatever it is asked."""

    mode = "off"

    def __getattr__(self, name: str) -> Any:
        """Every call is refused in the same words."""
        if name.startswith("_"):
            raise AttributeError(name)

        def refused(*_args: object, **_facts: object) -> Any:
            raise NotFound("This installation sells nothing.", hint="Ask its operator for tokens.")

        return refused
