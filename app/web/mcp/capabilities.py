"""What a client said it can do, and what an answer may therefore ask of it."""

from collections.abc import Mapping
from typing import Any

from app.web.mcp.problems import MissingCapability
from app.web.mcp.server import TASKS_EXTENSION

_NEEDED_BY = {"sampling/createMessage": "sampling", "roots/list": "roots"}


def elicits(capabilities: Mapping[str, Any], mode: str) -> bool:
    """Say whether a client takes elicitation in that mode; an empty object means forms only."""
    declared = capabilities.get("elicitation")
    return isinstance(declared, dict) and (mode in declared or (mode == "form" and not declared))


def takes_tasks(capabilities: Mapping[str, Any]) -> bool:
    """Say whether a request declares the tasks extension."""
    extensions = capabilities.get("extensions")
    return isinstance(extensions, dict) and TASKS_EXTENSION in extensions


def require_tasks(capabilities: Mapping[str, Any]) -> None:
    """Refuse what only a client with the tasks extension may ask."""
    if not takes_tasks(capabilities):
        raise MissingCapability({"extensions": {TASKS_EXTENSION: {}}})


def require_askable(
    requests: Mapping[str, Mapping[str, Any]], capabilities: Mapping[str, Any]
) -> None:
    """Refuse to ask a client for a kind of input that it did not declare on this very request."""
    for request in requests.values():
        method, params = request["method"], request.get("params", {})
        if method == "elicitation/create":
            mode = params.get("mode", "form")
            if not elicits(capabilities, mode):
                raise MissingCapability({"elicitation": {} if mode == "form" else {mode: {}}})
        elif _NEEDED_BY[method] not in capabilities:
            raise MissingCapability({_NEEDED_BY[method]: {}})
