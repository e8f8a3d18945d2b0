"""Setting fields from parameters: metadata is merged, an empty string clears."""

from typing import Any

from tests.fake_stripe.ground.state import Thing


def put(thing: Thing, params: Thing, *names: str) -> None:
    """Copy parameters of the same name; an empty string is nothing."""
    for name in names:
        if name in params:
            thing[name] = params[name] if params[name] != "" else None
    if "metadata" in params:
        thing["metadata"] = merged(thing.get("metadata"), params["metadata"])


def merged(metadata: dict[str, str] | None, given: Any) -> dict[str, str]:
    """Metadata with what is given added; an empty value removes its key, an empty string all."""
    if given == "":
        return {}
    both = {**(metadata or {}), **given}
    return {name: value for name, value in both.items() if value != ""}


def a_list(url: str, data: list[Thing]) -> Thing:
    """A list inside a thing."""
    return {"object": "list", "data": data, "has_more": False, "url": url}
