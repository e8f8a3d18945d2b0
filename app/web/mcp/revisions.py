"""The revisions we speak, and from which one each member of a listed thing is known."""

from collections.abc import Mapping, Sequence
from typing import Any

LEGACY = ("2025-03-26", "2025-06-18", "2025-11-25")
MODERN = ("2026-07-28",)
ASSUMED = LEGACY[0]
NEWEST_LEGACY = LEGACY[-1]

STRUCTURED, ICONS = LEGACY[1], LEGACY[2]

_SINCE = {
    "title": STRUCTURED,
    "outputSchema": STRUCTURED,
    "_meta": STRUCTURED,
    "websiteUrl": ICONS,
    "icons": ICONS,
    "execution": ICONS,
}
_IMPLEMENTATION_SINCE = {**_SINCE, "description": ICONS}


def known(item: Mapping[str, Any], revision: str) -> dict[str, Any]:
    """Return the tool, resource, prompt or argument without what the revision does not know."""
    kept = {key: value for key, value in item.items() if revision >= _SINCE.get(key, "")}
    if revision in LEGACY and not _is_object_schema(kept.get("outputSchema")):
        kept.pop("outputSchema", None)
    if "arguments" in kept:
        kept["arguments"] = [known(argument, revision) for argument in kept["arguments"]]
    return kept


def known_implementation(item: Mapping[str, Any], revision: str) -> dict[str, Any]:
    """Return the implementation's members that are set and that the revision knows."""
    return {
        key: value
        for key, value in item.items()
        if value and revision >= _IMPLEMENTATION_SINCE.get(key, "")
    }


def known_blocks(blocks: Sequence[Mapping[str, Any]], revision: str) -> list[Mapping[str, Any]]:
    """Return content blocks in the revision's own kinds: links become text where unknown."""
    if revision >= STRUCTURED:
        return list(blocks)
    return [_link_as_text(block) if block["type"] == "resource_link" else block for block in blocks]


def _is_object_schema(schema: object) -> bool:
    """The handshake era validates structured answers as objects only."""
    return isinstance(schema, Mapping) and schema.get("type") == "object"


def _link_as_text(block: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "text", "text": f"{block.get('name', '')}: {block['uri']}"}
