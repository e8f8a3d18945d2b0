"""Prompts: their list, and one of them filled in."""

from app.web.door import json_text
from app.web.mcp.answers import Answer, Result
from app.web.mcp.methods import outcomes, parameters
from app.web.mcp.methods.listing import page
from app.web.mcp.problems import InvalidParams
from app.web.mcp.rpc import Call
from app.web.mcp.server import Context, InputRequired, Json, Prompts


def list_all(prompts: Prompts, context: Context, call: Call) -> Answer:
    """List the prompts."""
    listing = prompts.list(context, parameters.optional_text(call.params, "cursor"))
    return page(listing, "prompts", context)


def get(prompts: Prompts, context: Context, call: Call) -> Answer:
    """Fill one prompt in."""
    name = parameters.text(call.params, "name")
    arguments = parameters.optional_mapping(call.params, "arguments")
    if not all(isinstance(value, str) for value in arguments.values()):
        raise InvalidParams("arguments of a prompt must be strings")
    filled = prompts.get(context, name, arguments)
    if isinstance(filled, InputRequired):
        return outcomes.input_required(filled, context)
    members: Json = {"messages": list(filled.messages)}
    if filled.description:
        members["description"] = filled.description
    return Result(json_text.dumps(members)[1:-1])
