"""Which call goes where: a method and a path, the SDK's type of its parameters, what it acts on."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.fake_stripe.ground.problems import NoSuchUrl, NotPlayed
from tests.fake_stripe.ground.state import Thing

Handler = Callable[..., Thing]
PAGING = "limit starting_after ending_before created expand"


@dataclass(frozen=True)
class Route:
    """One call: `{}` in its path is an id, given to the handler after the parameters."""

    method: str
    path: str
    handler: Handler
    declared: type
    acts_on: frozenset[str]

    def match(self, method: str, path: str) -> tuple[str, ...] | None:
        """The ids in a path of this call; None where it is another."""
        pattern = re.escape(self.path).replace(r"\{\}", "([^/]+)")
        found = re.fullmatch(pattern, path) if method == self.method else None
        return found.groups() if found else None


class Table:
    """The calls this process plays; each file of things adds its own."""

    def __init__(self) -> None:
        self.routes: list[Route] = []

    def play(
        self, method: str, path: str, declared: type, acts_on: str = ""
    ) -> Callable[[Handler], Handler]:
        """Put a handler at a call; parameters it neither acts on nor may pass over are loud."""

        def placed(handler: Handler) -> Handler:
            names = frozenset(acts_on.split()) | {"expand"}
            self.routes.append(Route(method, path, handler, declared, names))
            return handler

        return placed

    def find(self, method: str, path: str) -> tuple[Route, tuple[str, ...]]:
        """The call of a request; a path without ids goes before one that takes it for an id."""
        for route in sorted(self.routes, key=lambda route: route.path.count("{}")):
            ids = route.match(method, path)
            if ids is not None:
                return route, ids
        raise NoSuchUrl(
            f"Unrecognized request URL ({method}: {path}). If you are trying to list objects, "
            "remove the trailing slash. If you are trying to retrieve an object, make sure you "
            "passed a valid (non-empty) identifier in your code."
        )


def refuse_unplayed(route: Route, params: dict[str, Any]) -> None:
    """A parameter that Stripe acts on and this process does not is an error, never silence."""
    unplayed = sorted(set(params) - route.acts_on)
    if unplayed:
        raise NotPlayed(
            f"{route.method} {route.path}: not played here: {', '.join(unplayed)}",
            code="fake_does_not_play", param=unplayed[0],
        )  # fmt: skip


TABLE = Table()
play = TABLE.play
