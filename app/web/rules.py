"""How the address of a page is made of its rule."""

from collections.abc import Callable
from functools import cache
from typing import Any

from werkzeug.routing import Rule


class Route(Rule):
    """A rule whose addresses are compiled when the first one is asked for.

    werkzeug writes and compiles two functions for every rule as it is added, in every process; of
    some hundred rules a process builds the addresses of a few.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002 # werkzeug's signature
        compiled = cache(super()._compile_builder)

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            return compiled(append_unknown)(rule, **values)

        return build
