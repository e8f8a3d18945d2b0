"""Resources: their lists, and the reading of one."""

from app.web.door import json_text
from app.web.mcp.answers import Answer, Result
from app.web.mcp.methods import parameters
from app.web.mcp.methods.listing import cache_hints, page
from app.web.mcp.rpc import Call
from app.web.mcp.server import Context, Resources


def list_all(resources: Resources, context: Context, call: Call) -> Answer:
    """List the caller's resources."""
    listing = resources.list(context, parameters.optional_text(call.params, "cursor"))
    return page(listing, "resources", context)


def list_templates(resources: Resources, context: Context, call: Call) -> Answer:
    """List the templates that resource URIs are made from."""
    listing = resources.templates(context, parameters.optional_text(call.params, "cursor"))
    return page(listing, "resourceTemplates", context)


def read(resources: Resources, context: Context, call: Call) -> Answer:
    """Read one resource."""
    reading = resources.read(context, parameters.text(call.params, "uri"))
    hints = cache_hints(context, reading.ttl_ms, reading.cache_scope)
    return Result(f'"contents":{json_text.dumps(list(reading.contents))}{hints}')
