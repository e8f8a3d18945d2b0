"""Tools: the list a caller sees, and the calls."""

from collections.abc import Generator

from app.web.mcp.answers import Answer, Notices, Stream, drained
from app.web.mcp.methods import outcomes, parameters
from app.web.mcp.methods.listing import page
from app.web.mcp.rpc import Call
from app.web.mcp.server import Context, Streamed, Tools


def list_all(tools: Tools, context: Context, call: Call) -> Answer:
    """List the caller's tools."""
    listing = tools.list(context, parameters.optional_text(call.params, "cursor"))
    return page(listing, "tools", context)


def call(tools: Tools, context: Context, call: Call) -> Answer:
    """Call a tool: at once, in silence until it is done, or telling its progress."""
    name = parameters.text(call.params, "name")
    arguments = parameters.optional_mapping(call.params, "arguments")
    outcome = tools.call(context, name, arguments)
    if not isinstance(outcome, Generator):
        return outcomes.result(outcome, context)
    notices = _finishing(outcome, context)
    if context.can_stream and tools.streams(context, name, arguments):
        return Stream(notices)
    return drained(notices, context)


def _finishing(streamed: Streamed, context: Context) -> Notices:
    return outcomes.result((yield from streamed), context)
