"""Small servers for the tests: each says what it serves and nothing more."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.web.mcp.problems import UnknownCursor, UnknownTool
from app.web.mcp.server import Implementation, Listing, Server

US = Implementation(
    "us",
    "1.2.3",
    "Us",
    "What we are.",
    "https://ours.example",
    [{"src": "https://ours.example/icon.png"}],
)
TOOL = {
    "name": "look",
    "title": "Look",
    "description": "Looks.",
    "inputSchema": {"type": "object", "properties": {}},
    "outputSchema": {"type": "object"},
    "annotations": {"readOnlyHint": True},
    "icons": [{"src": "https://ours.example/look.png"}],
    "_meta": {"ui": {"resourceUri": "ui://look"}},
}


@dataclass
class OneTool:
    """A tool called `look` that does what the test says."""

    does: Callable[[Any, Any], Any]
    streaming: bool = False
    calls: list[Any] = field(default_factory=list)
    listing: Listing = field(default_factory=lambda: Listing([TOOL], 60_000, "private"))

    def list(self, context, cursor):
        if cursor is not None:
            raise UnknownCursor
        return self.listing

    def call(self, context, name, arguments):
        if name != "look":
            raise UnknownTool(name)
        self.calls.append((context, arguments))
        return self.does(context, arguments)

    def streams(self, context, name, arguments):
        return self.streaming


def server(**families: Any) -> Server:
    return Server(implementation=US, **families)


def with_tool(does: Callable[[Any, Any], Any], *, streaming: bool = False, **more: Any) -> Server:
    return server(tools=OneTool(does, streaming), **more)
