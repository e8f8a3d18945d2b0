"""Completion: how an argument's value may go on."""

from typing import Any

from app.web.door import json_text
from app.web.mcp.answers import Answer, Result
from app.web.mcp.methods import parameters
from app.web.mcp.problems import InvalidParams
from app.web.mcp.rpc import Call
from app.web.mcp.server import Completions, Context, Json

MOST_VALUES = 100

_NAMED_BY = {"ref/prompt": "name", "ref/resource": "uri"}


def complete(completions: Completions, context: Context, call: Call) -> Answer:
    """Suggest values for one argument of a prompt or a resource template."""
    ref = parameters.mapping(call.params, "ref")
    _require_reference(ref)
    argument = parameters.mapping(call.params, "argument")
    parameters.text(argument, "name")
    parameters.text(argument, "value")
    others = parameters.optional_mapping(call.params, "context")
    known = parameters.optional_mapping(others, "arguments")
    found = completions.complete(context, ref, argument, known)
    total = len(found.values) if found.total is None else found.total
    completion: Json = {
        "values": list(found.values[:MOST_VALUES]),
        "total": total,
        "hasMore": total > min(len(found.values), MOST_VALUES),
    }
    return Result(f'"completion":{json_text.dumps(completion)}')


def _require_reference(ref: dict[str, Any]) -> None:
    member = _NAMED_BY.get(parameters.text(ref, "type"))
    if member is None:
        raise InvalidParams("ref.type must be ref/prompt or ref/resource")
    parameters.text(ref, member)
