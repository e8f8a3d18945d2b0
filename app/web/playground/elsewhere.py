"""The same call from elsewhere: in a terminal and in MCP, with a placeholder for the key."""

import json
import shlex
from typing import Any, NamedTuple

from app.docs import code
from app.docs.discovery import openapi
from app.tools.base import Tool

_KEY = '"Authorization: Bearer $POLIS_KEY"'  # the shell fills it in; no key of anybody's is shown


class Elsewhere(NamedTuple):
    """Two texts to paste, as they are and marked."""

    curl: str
    curl_marked: str
    mcp: str
    mcp_marked: str


def of(tool: Tool[Any, Any], given: dict[str, Any], base: str) -> Elsewhere:
    """This call, from a shell by the REST twin and as a message of MCP."""
    body = _json(given)
    curl = (
        f"curl {base}{openapi.path_of(tool)} \\\n"
        f"  -H {_KEY} \\\n"
        "  -H 'Content-Type: application/json' \\\n"
        f"  -d {shlex.quote(body)}"
    )
    message = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": tool.name, "arguments": given},
    }
    mcp = _json(message, indent=2)
    return Elsewhere(curl, code.marked(curl, "sh"), mcp, code.marked(mcp, "json"))


def pretty(text: str) -> str:
    """An answer laid out for reading, its words marked."""
    return code.marked(_json(json.loads(text), indent=2), "json")


def _json(value: object, indent: int | None = None) -> str:
    """As people read it; half of a surrogate pair can only be told by its escape."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent)
    return text
