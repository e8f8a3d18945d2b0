"""What pages of a run ask of the tools that agents call."""

from typing import Any

from flask import request

from app.domain.callers import Caller
from app.domain.runs import sheet
from app.tools import TOOLS
from app.tools.base import Output
from app.web import edge, place
from app.web.desk.desk import Desk
from app.web.services import services


def book_of(handle: str) -> str:
    """The book a handle of this organization is in; a foreign one does not exist."""
    with services().database.reading() as session:
        return sheet.book_of(session, place.here().organization.id, handle)


def perform(tool: str, handle: str, **arguments: Any) -> Output:
    """Have a tool do something with a handle, as whoever is signed in."""
    return perform_as(place.caller(book_of(handle)), tool, **arguments)


def perform_as(caller: Caller, tool: str, **arguments: Any) -> Output:
    """The same as a caller who is known already."""
    desk = Desk(services(), caller, edge.request_id(request.environ))
    given = {name: value for name, value in arguments.items() if value is not None}
    return desk.perform(TOOLS[tool], given)[1]
