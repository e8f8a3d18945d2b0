"""Events: what happened to a thing, with a picture of it and of what it was before."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from stripe._api_version import _ApiVersion

from tests.fake_stripe.ground.state import State, Thing

API_VERSION = _ApiVersion.CURRENT


def tell(state: State, kind: str, thing: Thing, before: Thing | None = None) -> Thing:
    """Record an event and hand it to whoever sends them on."""
    data: Thing = {"object": deepcopy(thing)}
    if before is not None:
        data["previous_attributes"] = before
    event = state.make(
        "event", "evt", api_version=API_VERSION, type=kind, data=data,
        request={"id": state.caller.request, "idempotency_key": state.caller.key},
    )  # fmt: skip
    del event["account"], event["context"]
    state.on_event(state, event)
    return event


@contextmanager
def changing(state: State, kind: str, thing: Thing) -> Iterator[Thing]:
    """Change a thing within; afterwards one event says what was different before."""
    before = deepcopy(thing)
    yield thing
    if (previous := _difference(before, thing)) and kind:
        tell(state, kind, thing, previous)


def _difference(before: Thing, after: Thing) -> Thing:
    return {
        name: _was(before.get(name), value)
        for name, value in after.items()
        if before.get(name) != value
    } | {name: value for name, value in before.items() if name not in after}


def _was(before: Any, after: Any) -> Any:
    if isinstance(before, dict) and isinstance(after, dict):
        return _difference(before, after) | dict.fromkeys(after.keys() - before.keys())
    return before
