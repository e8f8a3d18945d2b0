"""What the code never does, and the one place for what is done once."""

import ast
import re

from jinja2 import Environment

from tests.house.source import APP, Source, sources

SERIALISERS_THAT_RUN_CODE = {"pickle", "cPickle", "dill", "marshal", "shelve", "yaml"}


def test_only_the_database_commits():
    committing = {each.path for each, _ in calls_of("commit")}
    assert committing == {"app/db/database.py"}


def test_nothing_waits_by_sleeping():
    assert [each.at(call) for each, call in calls_of("sleep")] == []


def test_an_assertion_gives_its_reason():
    bare = [
        each.at(node)
        for each in sources()
        for node in ast.walk(each.tree)
        if isinstance(node, ast.Assert) and "  # " not in each.lines[node.end_lineno - 1]
    ]
    assert bare == []


def test_nothing_is_read_back_by_a_serialiser_that_can_run_code():
    named = {(each.path, name) for each in sources() for name in imported(each)}
    assert {(path, name) for path, name in named if name in SERIALISERS_THAT_RUN_CODE} == set()


def test_templates_leave_numbers_and_dates_to_the_formats():
    """One formatter for every page: `app/web/formats.py`."""
    own = ("strftime", "{:,}", '"$"', "'$'")
    found = {
        f"{path.name}: {each}"
        for path in (APP / "templates").rglob("*.html")
        for each in own
        if each in path.read_text(encoding="utf-8")
    }
    assert found == set()


def test_no_text_within_braces_waits_to_be_filled_in():
    """`{{ button("Make {{ many }} codes") }}` would show its inner braces to whoever reads it."""
    lexer, marks = Environment(autoescape=True), re.compile(r"\{[{%#]")
    found = [
        f"{path.name}:{line}: {text}"
        for path in (APP / "templates").rglob("*.html")
        for line, kind, text in lexer.lex(path.read_text(encoding="utf-8"))
        if kind == "string" and marks.search(text)
    ]
    assert found == []


def test_only_the_edges_that_must_answer_catch_everything():
    catching = {each.path for each in sources() if any(map(is_broad, ast.walk(each.tree)))}
    assert catching == {
        "app/worker/chores.py",
        "app/worker/delivery.py",
        "app/worker/pulse.py",
        "app/web/mcp/dispatch.py",
        "app/web/door/mishaps.py",
    }


def calls_of(wanted: str) -> list[tuple[Source, ast.Call]]:
    return [(each, call) for each in sources() for name, call in each.calls() if name == wanted]


def imported(source: Source) -> set[str]:
    """The first part of every module a file imports."""
    names = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names


def is_broad(node: ast.AST) -> bool:
    """`except:`, `except Exception` and `except BaseException`."""
    if not isinstance(node, ast.ExceptHandler):
        return False
    return node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"}
