"""The methods of each era by name, and the families they belong to."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from app.web.mcp.answers import Answer, Method
from app.web.mcp.methods import (
    completion,
    lifecycle,
    prompts,
    resources,
    subscriptions,
    tasks,
    tools,
)
from app.web.mcp.rpc import Call
from app.web.mcp.server import Context, Server

Unbound = Callable[[Any, Context, Call], Answer]

_FAMILIES: Mapping[str, tuple[str, Unbound]] = {
    "tools/list": ("tools", tools.list_all),
    "tools/call": ("tools", tools.call),
    "resources/list": ("resources", resources.list_all),
    "resources/templates/list": ("resources", resources.list_templates),
    "resources/read": ("resources", resources.read),
    "prompts/list": ("prompts", prompts.list_all),
    "prompts/get": ("prompts", prompts.get),
    "completion/complete": ("completions", completion.complete),
}
_MODERN_FAMILIES: Mapping[str, tuple[str, Unbound]] = {
    **_FAMILIES,
    "tasks/get": ("tasks", tasks.get),
    "tasks/update": ("tasks", tasks.update),
    "tasks/cancel": ("tasks", tasks.cancel),
    "subscriptions/listen": ("listen", subscriptions.listen),
}


def legacy(server: Server) -> dict[str, Method]:
    """Return what the handshake era may call on this server."""
    return {
        "initialize": partial(lifecycle.initialize, server),
        "ping": lifecycle.ping,
        **_bound(_FAMILIES, server),
        **{
            name: partial(lifecycle.of_server, method)
            for name, method in server.legacy_methods.items()
        },
    }


def modern(server: Server) -> dict[str, Method]:
    """Return what the stateless era may call on this server."""
    return {
        "server/discover": partial(lifecycle.discover, server),
        **_bound(_MODERN_FAMILIES, server),
    }


def _bound(table: Mapping[str, tuple[str, Unbound]], server: Server) -> dict[str, Method]:
    """Leave out families the server lacks, so that their methods do not exist."""
    return {
        name: partial(method, getattr(server, family))
        for name, (family, method) in table.items()
        if getattr(server, family) is not None
    }
