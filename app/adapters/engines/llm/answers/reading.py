"""A model's answer as data: the JSON in it, and what is wrong with it in words it can mend."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from app.adapters.engines.llm.answers.shape import Person

T = TypeVar("T", bound=BaseModel)

_FENCED = re.compile(r"```(?:json)?\s*\n(.*?)```", re.DOTALL)
_MOST_PROBLEMS = 8


class Read(NamedTuple):
    """The people of an answer that can be used, and what has to be mended for the others."""

    people: dict[str, Person]
    problems: list[str]


def people(text: str, shape: type[Person], wanted: Sequence[str]) -> Read:
    """Whoever of the wanted people is in an answer."""
    found: dict[str, Person] = {}
    problems: list[str] = []
    for given in _listed(_json(text)):
        name = str(given.get("id", "")) if isinstance(given, dict) else ""
        if len(wanted) == 1:
            name = wanted[0]
        if name not in wanted or name in found:
            continue
        try:
            found[name] = shape.model_validate(given)
        except ValidationError as error:
            problems += told(error)
    missing = [name for name in wanted if name not in found]
    if missing and not problems:
        problems.append(f"no whole JSON answer of {', '.join(missing)}")
    return Read(found, problems[:_MOST_PROBLEMS])


def one(text: str, shape: type[T]) -> tuple[T | None, list[str]]:
    """A single shape out of an answer."""
    try:
        return shape.model_validate(_json(text)), []
    except ValidationError as error:
        return None, told(error)[:_MOST_PROBLEMS]


def told(error: ValidationError) -> list[str]:
    """Where and what, in words of ours: nothing of the answer is said again."""
    return [
        f"{'.'.join(map(str, each['loc'])) or 'answer'}: {each['msg']}"
        for each in error.errors(include_input=False, include_url=False)
    ]


def _listed(given: Any) -> list[Any]:
    if isinstance(given, dict):
        given = given.get("people", [given])
    return given if isinstance(given, list) else []


def _json(text: str) -> Any:
    """The first JSON value of an answer: bare, fenced, or with words around it."""
    for part in _parts(text):
        try:
            return json.loads(part)
        except (ValueError, RecursionError):
            continue
    return None


def _parts(text: str) -> Iterator[str]:
    yield text
    yield from (match[1] for match in _FENCED.finditer(text))
    begin, end = text.find("{"), text.rfind("}")
    if -1 < begin < end:
        yield text[begin : end + 1]
