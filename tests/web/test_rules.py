"""Addresses made of rules: compiled when they are first asked for, and the same as werkzeug's."""

import builtins

import pytest
from werkzeug.routing import Map, Rule

from app.web.rules import Route

ASKED = [
    ("plain", {}),
    ("plain", {"tab": "a b", "page": 2}),
    ("one", {"rule": "run_ä"}),
    ("one", {"rule": "run_1", "append_unknown": "yes"}),
    ("deep", {"name": "x/y", "number": 3, "tab": "z"}),
]


def addresses(kind):
    rules = [
        kind("/plain/", endpoint="plain"),
        kind("/runs/<rule>", endpoint="one"),
        kind("/deep/<path:name>/<int:number>", endpoint="deep", defaults={"size": 1}),
    ]
    return Map(rules).bind("polis.example", url_scheme="https")


@pytest.mark.parametrize(("endpoint", "values"), ASKED)
def test_an_address_is_the_one_werkzeug_makes(endpoint, values):
    ours, theirs = addresses(Route), addresses(Rule)
    assert ours.build(endpoint, values) == theirs.build(endpoint, values)
    assert ours.build(endpoint, values) == theirs.build(endpoint, values)  # and so the second time


def test_nothing_is_compiled_before_an_address_is_asked_for(monkeypatch):
    compiled, compile_ = [], builtins.compile

    def counting(source, *rest, **named):
        compiled.append(source)
        return compile_(source, *rest, **named)

    monkeypatch.setattr(builtins, "compile", counting)
    bound = addresses(Route)
    assert compiled == []
    bound.build("one", {"rule": "run_1"})
    once = len(compiled)
    bound.build("one", {"rule": "run_2"})
    assert len(compiled) == once > 0
