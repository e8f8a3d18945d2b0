"""Subscriptions: a stream of the changes a client asked to hear of."""

from contextlib import closing
from typing import Any

from app.web.mcp.answers import Answer, Notices, Result, Stream
from app.web.mcp.capabilities import require_tasks
from app.web.mcp.methods import parameters
from app.web.mcp.rpc import Call
from app.web.mcp.server import Changes, Context, Json, Listen

SUBSCRIPTION_ID = "io.modelcontextprotocol/subscriptionId"


def listen(listening: Listen, context: Context, call: Call) -> Answer:
    """Acknowledge what is honoured of the wishes, then tell of it until either side ends."""
    wanted = parameters.mapping(call.params, "notifications")
    if "taskIds" in wanted:
        require_tasks(context.client_capabilities)
    honoured, changes = listening.open(context, wanted)
    mark = {SUBSCRIPTION_ID: call.id}
    return Stream(_subscription(mark, honoured, changes), at_last=Result(meta=mark))


def _subscription(mark: Json, honoured: Json, changes: Changes) -> Notices:
    acknowledged = {
        "method": "notifications/subscriptions/acknowledged",
        "params": {"notifications": honoured},
    }
    with closing(changes):
        yield _marked(acknowledged, mark)
        for change in changes:
            yield None if change is None else _marked(change, mark)
    return Result(meta=mark)


def _marked(message: Json, mark: Json) -> Json:
    params: dict[str, Any] = message.get("params", {})
    return {**message, "params": {**params, "_meta": {**params.get("_meta", {}), **mark}}}
