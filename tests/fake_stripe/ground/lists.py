"""Lists: newest first, a page at a time, beginning after or ending before an id."""

from collections.abc import Callable, Iterable
from typing import Any

from tests.fake_stripe.ground.problems import Malformed, Missing
from tests.fake_stripe.ground.state import NOUNS, State, Thing


def listing(
    state: State,
    params: Thing,
    url: str,
    found: Iterable[Thing],
    keep: Callable[[Thing], bool] = lambda _: True,
) -> Thing:
    """One page of what was found (oldest first), as Stripe pages it."""
    kept = [thing for thing in found if keep(thing) and _in_time(thing, params.get("created"))]
    return page(params, url, kept[::-1])


def page(params: Thing, url: str, rows: list[Thing]) -> Thing:
    """One page of rows in the order they are given."""
    limit = params.get("limit", 10)
    if not 1 <= limit <= 100:
        raise Malformed("Limit must be between 1 and 100.", param="limit")
    if before := params.get("ending_before"):
        earlier = rows[: _place(rows, before, "ending_before")]
        return _list(url, earlier[-limit:], more=len(earlier) > limit)
    after = params.get("starting_after")
    later = rows[_place(rows, after, "starting_after") + 1 :] if after else rows
    return _list(url, later[:limit], more=len(later) > limit)


def matching(params: Thing, *names: str) -> Callable[[Thing], bool]:
    """Keeps what has the values of the parameters named."""
    wanted = {name: params[name] for name in names if name in params}
    return lambda thing: all(thing.get(name) == value for name, value in wanted.items())


def _place(rows: list[Thing], identifier: str, param: str) -> int:
    for at, row in enumerate(rows):
        if row["id"] == identifier:
            return at
    kind = rows[0]["object"] if rows else "object"
    raise Missing(NOUNS.get(kind, kind), identifier, param, 400)


def _in_time(thing: Thing, created: Any) -> bool:
    if created is None:
        return True
    if isinstance(created, int):
        return bool(thing["created"] == created)
    at = thing["created"]
    checks = {"gt": at.__gt__, "gte": at.__ge__, "lt": at.__lt__, "lte": at.__le__}
    return all(checks[name](value) for name, value in created.items())


def _list(url: str, data: list[Thing], *, more: bool) -> Thing:
    return {"object": "list", "data": data, "has_more": more, "url": url}
