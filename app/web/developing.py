"""Pages for whoever develops on this machine: nobody who comes by a tunnel reads its mail."""

from flask import abort, request

from app.web import nearby
from app.web.services import services


def came_straight() -> bool:
    """Whether the request Flask answers came from this machine itself, through no proxy."""
    names = (name.lower() for name in request.headers.keys())  # noqa: SIM118 # it iterates over pairs
    return nearby.straight(request.remote_addr or "", request.headers.get("Host", ""), names)


def is_here() -> bool:
    """Whether this is an installation in development, and its developer asks."""
    return services().settings.development and came_straight()


def require_here() -> None:
    """404 for everybody else."""
    if not is_here():
        abort(404)
