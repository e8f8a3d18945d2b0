"""Nothing reads a setting by rules of its own: an empty one, a file's, and what is wrong are the same to all."""

import ast

from tests.house.source import ROOT

THEMSELVES = [ROOT / "gunicorn.conf.py", *sorted((ROOT / "deploy").rglob("*.py"))]


def test_what_runs_beside_the_program_asks_its_settings_and_knows_no_default():
    found = {
        (path.relative_to(ROOT).as_posix(), *call)
        for path in THEMSELVES
        for call in read_by_itself(path)
    }
    # Where the image says it, its check need not read the others every few seconds.
    assert found == {("deploy/healthy.py", "POLIS_BIND")}


def read_by_itself(path):
    """What a file asks the environment for, each with the default it would take."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
            ("environ.get", "getenv")
        ):
            yield tuple(each.value for each in node.args)
