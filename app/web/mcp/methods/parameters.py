"""Reading a method's parameters, with words for what is wrong."""

from typing import Any

from app.web.mcp.problems import InvalidParams


def text(params: dict[str, Any], name: str) -> str:
    """Return a member that must be a string."""
    value = params.get(name)
    if type(value) is not str:
        raise InvalidParams(f"{name} must be a string")
    return value


def optional_text(params: dict[str, Any], name: str) -> str | None:
    """Return a member that may be absent but is a string otherwise."""
    return text(params, name) if name in params else None


def mapping(params: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a member that must be an object."""
    value = params.get(name)
    if type(value) is not dict:
        raise InvalidParams(f"{name} must be an object")
    return value


def optional_mapping(params: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a member that may be absent but is an object otherwise."""
    return mapping(params, name) if name in params else {}
