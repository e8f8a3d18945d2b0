"""Answers a browser keeps as a file."""

from collections.abc import Iterable

from flask import Response


def attached(body: str | Iterable[str], content_type: str, name: str) -> Response:
    """A file; its name is of our making, so that nothing in it needs quoting."""
    shown = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, content_type=content_type, headers=shown)
