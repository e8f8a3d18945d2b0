"""The tools on the wire: listed by scope, called, waited for, turned into tasks."""

from collections.abc import Generator, Iterator
from typing import Any

from app.bootstrap import Services
from app.db import DatabaseAway
from app.domain.callers import FULL, Caller
from app.errors import PolisError
from app.tools import TOOLS
from app.tools.base import Output, Tool
from app.web.mcp.problems import UnknownCursor, UnknownTool
from app.web.mcp.product import card
from app.web.mcp.product.calls import Desk
from app.web.mcp.product.facts import icons
from app.web.mcp.product.tasks import started
from app.web.mcp.product.waits import Waits
from app.web.mcp.server import Context, Json, Listing, Outcome, Progress, Streamed

HOUR_MS = 3_600_000
_STREAMING = {"polis_status", "polis_thread"}


class ProductTools:
    """The eleven tools; what a caller may not use is not listed."""

    def __init__(self, services: Services, waits: Waits) -> None:
        self._services = services
        self._waits = waits
        look = {"icons": icons(services.settings.base_url)}
        described = {name: tool.describe() | look for name, tool in TOOLS.items()}
        described["polis_report"]["_meta"] = {"ui": {"resourceUri": card.URI}}
        self._all = Listing(list(described.values()), HOUR_MS, "private")
        self._free = Listing(
            [described[name] for name, tool in TOOLS.items() if tool.scope != FULL],
            HOUR_MS,
            "private",
        )

    def list(self, context: Context, cursor: str | None) -> Listing:
        """The tools of the caller's scope, always in the same order, on one page."""
        if cursor is not None:
            raise UnknownCursor
        return self._all if context.caller.may(FULL) else self._free

    def streams(self, context: Context, name: str, arguments: Json) -> bool:
        """Progress is told for calls that wait and asked for it."""
        waits = isinstance(arguments.get("wait_s"), int) and arguments["wait_s"] > 0
        return name in _STREAMING and waits and context.progress_token is not None

    def call(self, context: Context, name: str, arguments: Json) -> Outcome | Streamed:
        """Run a tool; a refusal is a result."""
        tool = TOOLS.get(name)
        if tool is None:
            raise UnknownTool(name)
        caller: Caller = context.caller
        desk = Desk(self._services, caller, context.request_id)
        try:
            given, answer = desk.perform(tool, arguments)
        except DatabaseAway:
            raise  # the whole request is refused: not even the usage could be told
        except PolisError as error:
            return desk.refused(error)
        handle = tool.becomes_task(given, answer) if tool.becomes_task else None
        if handle is not None and context.wants_task:
            return started(desk, handle)
        if context.can_wait and tool.waiting and tool.waiting.seconds(given, answer) > 0:
            return self._wait(context, desk, tool, given, answer)
        return desk.result(answer, fresh=tool.writes)

    def _wait(
        self, context: Context, desk: Desk, tool: Tool[Any, Any], given: Any, first: Output
    ) -> Streamed:
        """Look again until something has changed, in reads of their own; a lost client ends it."""
        latest = first
        with self._waits.place(desk.caller) as granted:
            if granted:
                latest = yield from self._watch(context, desk, tool, given, first)
        return desk.result(latest, fresh=True)

    def _watch(
        self, context: Context, desk: Desk, tool: Tool[Any, Any], given: Any, first: Output
    ) -> Generator[Progress | None, None, Output]:
        waiting, latest = tool.waiting, first
        assert waiting is not None  # its caller asked
        for _ in self._looks(context, waiting.seconds(given, first)):
            yield Progress(*waiting.progress(latest))
            latest = desk.within(lambda call: waiting.again(call, given, first))
            if waiting.settled(first, latest):
                yield Progress(*waiting.progress(latest))
                break
        return latest

    def _looks(self, context: Context, seconds: float) -> Iterator[None]:
        for look in self._waits.looks(seconds):
            if context.closed():
                return
            yield look
