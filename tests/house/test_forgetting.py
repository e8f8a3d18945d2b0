"""What the domain can forget when its time is over, a worker does forget."""

import ast

from app.worker import chores
from tests.house.source import Function, Source, sources

ELSEWHERE = {"app.domain.exports.forget_old"}  # `letting_go` deletes their files in the same breath
FORGETS_NOTHING = {"app.domain.own_keys.expiring.warn"}  # a chore that writes letters


def test_every_function_that_forgets_by_the_clock_is_a_chore():
    able = {
        f"{module(each)}.{function.name}"
        for each in sources()
        if each.path.startswith(("app/domain/", "app/outbox"))
        for function in each.functions()
        if forgets_by_the_clock(function)
    }
    due = {f"{each.__module__}.{each.__name__}" for each in chores._DUE.values()}
    assert able - due == ELSEWHERE
    assert due - able == FORGETS_NOTHING


def forgets_by_the_clock(function: Function) -> bool:
    """Told nothing but the time, it drops or ends; what is told whose rows does what somebody asked."""
    told = [each.arg for each in function.args.args]
    public = not function.name.startswith("_")
    named = function.name.startswith(("forget_", "end_"))
    return public and told[:2] == ["session", "now"] and (named or deletes(function))


def deletes(function: Function) -> bool:
    called = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return any(getattr(each, "id", "") == "delete" for each in called)


def module(source: Source) -> str:
    return source.path.removesuffix(".py").replace("/", ".")
