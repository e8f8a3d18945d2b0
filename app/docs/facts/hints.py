"""What the directories of connectors ask of every tool: its hints, and why they are true."""

from typing import Any

from app.tools import TOOLS
from app.tools.base import Tool

_BECAUSE = {
    "polis_account": "Shows a balance; changes nothing.",
    "polis_estimate": "Computes a price; starts and stores nothing.",
    "polis_test": "Starts a run and spends tokens.",
    "polis_status": "Waits for a run and says how far it is.",
    "polis_report": "Reads a finished run.",
    "polis_ask": "Adds a question to a thread and spends tokens.",
    "polis_thread": "Reads a thread.",
    "polis_compare": "Starts a comparison and spends tokens.",
    "polis_runs": "Lists the organization's own runs.",
    "polis_cancel": "Stops a run for good; what was not processed is refunded.",
    "polis_topup": "Opens a payment page; nothing is bought until a person pays there.",
}
_TAKES_PAGES = frozenset({"polis_test", "polis_compare"})
_OF_PAGES = "It fetches the page where an address is given."


def facts() -> dict[str, Any]:
    """Every tool with its hints and the sentence a reviewer wants for them."""
    return {"hints": [_hints(tool) for tool in TOOLS.values()]}


def _hints(tool: Tool[Any, Any]) -> dict[str, Any]:
    because = _BECAUSE[tool.name]
    return {
        "name": tool.name,
        "read_only": tool.hints.read_only,
        "destructive": tool.hints.destructive,
        "open_world": tool.hints.open_world,
        "because": f"{because} {_OF_PAGES}" if tool.name in _TAKES_PAGES else because,
    }
