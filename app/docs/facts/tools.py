"""Every tool: its arguments, its answer and its price."""

from typing import Any

from app.docs.discovery.openapi import path_of
from app.docs.facts import fields
from app.domain.callers import READ
from app.tools import TOOLS
from app.tools.base import Tool
from app.tools.thread import AnswerOut
from app.tools.usage import Refusal, Usage

_OF_THE_REPORT = frozenset({"engine", "report", "stats", "archetypes", "reactions", "result"})
_CONTENT = ("content", "url", "url_mode")  # stand before the options of the panel
_PRICES = {"polis_test": "by person", "polis_ask": "by person asked", "polis_compare": "by person",
           "polis_topup": "the pack, once somebody pays"}  # fmt: skip


def facts() -> dict[str, Any]:
    """Every tool, and what any of them may answer."""
    return {
        "tools": [_tool(tool) for tool in TOOLS.values()],
        "test_options": _tool(TOOLS["polis_test"])["input"],
        "usage_fields": fields.of_model(Usage),
        "refusal_fields": fields.of_model(Refusal),
        "answer_fields": fields.of_model(AnswerOut),
    }


def _tool(tool: Tool[Any, Any]) -> dict[str, Any]:
    described = tool.describe()
    answer = fields.of_output(described["outputSchema"], _OF_THE_REPORT | {"_usage", "error"})
    return {
        "name": tool.name,
        "title": tool.title,
        "description": tool.description,
        "path": path_of(tool),
        "scope": tool.scope,
        "reads": tool.scope == READ,
        "price": _PRICES.get(tool.name, "free"),
        "input": _in_order(fields.of_input(described["inputSchema"])),
        "output": [field for field in answer if field.name not in {"_usage", "error"}],
    }


def _in_order(given: list[fields.Field]) -> list[fields.Field]:
    """What has to be given first, then the content, then the options of the panel."""
    needed = {field.name for field in given if field.needed}
    tops = {field: field.name.partition("[")[0] for field in given}
    return sorted(given, key=lambda each: (tops[each] not in needed, tops[each] not in _CONTENT))
