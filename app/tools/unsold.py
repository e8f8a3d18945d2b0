"""How tools are described to an app or a key that must not sell: no page that sells, no dollars."""

from typing import Any

from app.tools.base import Tool

Json = dict[str, Any]

_SELLING = frozenset({
    "checkout_urls", "topup_packs", "usd", "in_overage", "overage_usd", "cap_usd",
    "cap_remaining_usd",
})  # fmt: skip


def describe(tool: Tool[Any, Any]) -> Json:
    """The tool as such a caller's `tools/list` shows it, without what its answers leave out."""
    described = tool.describe()
    answer = _without(described["outputSchema"])
    answer["properties"]["_usage"] = _without(answer["properties"]["_usage"])
    words = tool.unsold or tool.description
    return described | {"description": words, "outputSchema": answer}


def _without(schema: Json) -> Json:
    kept = {name: each for name, each in schema["properties"].items() if name not in _SELLING}
    return schema | {"properties": kept}
