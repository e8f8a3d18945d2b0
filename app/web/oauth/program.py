"""A program's form at an endpoint of ours, by whichever door it came."""

from collections.abc import Callable
from typing import NamedTuple

from flask import request

from app.bootstrap import Services
from app.domain.limits import Allowance
from app.web import asked, counted, network
from app.web.oauth import form
from app.web.services import services


class Program(NamedTuple):
    """What a program sent, where it is, and the address it calls us by."""

    services: Services
    authorization: str  # the header, as it came
    form: dict[str, str]  # each parameter once, none of them empty
    address: str
    base: str
    told: Callable[[Allowance], None]  # how its answer says what is left of a limit


def here() -> Program:
    """The program whose request Flask is answering."""
    return Program(
        services(),
        request.headers.get("Authorization", ""),
        form.parameters(request.mimetype, request.form.lists()),
        network.address(),
        asked.base(),
        counted.note,
    )
