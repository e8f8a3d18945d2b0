"""A tool called as an agent calls it: a rehearsal that tells its price, then the call itself."""

from http import HTTPStatus
from typing import Any, NamedTuple

from flask import request

from app.errors import Kind, PolisError
from app.tools.base import Call, Output, Tool
from app.web import edge, place
from app.web.desk.desk import Desk
from app.web.error_shapes import STATUS
from app.web.services import services

_CHARGED = "tokens_charged"

Json = dict[str, Any]


class Dearer(PolisError):
    """What was agreed to is not the price any more."""

    kind = Kind.CONFLICT
    code = "price_changed"


class Answered(NamedTuple):
    """An answer as an agent gets it; refusals are answers too."""

    status: int
    phrase: str
    text: str
    request_id: str
    refused: bool = False


class _Rehearsed(Exception):
    """Carries an answer out of a transaction that must leave nothing behind."""

    def __init__(self, answer: Output) -> None:
        super().__init__()
        self.answer = answer


def costs(tool: Tool[Any, Any]) -> bool:
    """Whether a call is charged for."""
    return _CHARGED in tool.output.model_fields


def price(tool: Tool[Any, Any], given: Json, book: str) -> int | Answered:
    """What a call would cost, to the token: it is made, and taken back before it was ever there."""
    desk = _desk(book)
    try:
        return _charged(_rehearse(desk, tool, given))
    except PolisError as error:
        return _refused(desk, error)


def call(tool: Tool[Any, Any], given: Json, book: str, agreed: int | None) -> Answered:
    """Call it; one that costs more than was agreed to is taken back."""
    desk = _desk(book)
    try:
        desk.require(tool)
        parsed = tool.parse(given)
        answer: Output = desk.within(
            lambda called: _within(tool.run(called, parsed), agreed),
            writes=tool.writes,
            ahead=desk.ahead(tool, parsed),
        )
        told = desk.told(answer, fresh=tool.writes)
    except PolisError as error:
        return _refused(desk, error)
    return Answered(200, HTTPStatus(200).phrase, told.text, desk.request_id)


def _desk(book: str) -> Desk:
    return Desk(services(), place.caller(book), edge.request_id(request.environ))


def _rehearse(desk: Desk, tool: Tool[Any, Any], given: Json) -> Output:
    parsed = tool.parse(given)

    def rehearsed(called: Call) -> None:
        raise _Rehearsed(tool.run(called, parsed))

    try:
        desk.within(rehearsed, writes=tool.writes)
    except _Rehearsed as end:
        return end.answer
    raise AssertionError("A rehearsal always ends by being taken back.")


def _within(answer: Output, agreed: int | None) -> Output:
    charged = _charged(answer)
    if agreed is not None and charged > agreed:
        raise Dearer(
            f"This costs {charged} tokens by now; you agreed to {agreed}.",
            hint="See the price again. Nothing was charged.",
        )
    return answer


def _charged(answer: Output) -> int:
    return int(getattr(answer, _CHARGED, 0))


def _refused(desk: Desk, error: PolisError) -> Answered:
    status = STATUS[error.kind]
    told = desk.refused(error)
    phrase = HTTPStatus(status).phrase
    return Answered(status, phrase, told.text, desk.request_id, refused=True)
