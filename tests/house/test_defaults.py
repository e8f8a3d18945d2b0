"""What reads a setting by itself, to be there sooner, takes the default all others take."""

import ast

from app.settings import PREFIX, Settings
from tests.house.source import ROOT

THEMSELVES = [ROOT / "gunicorn.conf.py", *sorted((ROOT / "deploy").rglob("*.py"))]
READ = {
    ("gunicorn.conf.py", "POLIS_BIND"), ("gunicorn.conf.py", "POLIS_WEB_PROCESSES"),
    ("gunicorn.conf.py", "POLIS_WEB_THREADS"), ("deploy/healthy.py", "POLIS_BIND"),
}  # fmt: skip


def test_a_setting_read_before_the_settings_are_has_their_default():
    found = {
        (path.relative_to(ROOT).as_posix(), name): default
        for path in THEMSELVES
        for name, default in read_by_itself(path)
    }
    assert set(found) == READ
    assert found == {each: default_of(each[1]) for each in READ}


def read_by_itself(path):
    """The settings a file asks the environment for, each with what it takes where there is none."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not ast.unparse(node.func).endswith(
            ("environ.get", "getenv")
        ):
            continue
        name, *default = [each.value for each in node.args]
        yield name, default[0] if default else None


def default_of(name):
    return str(Settings.model_fields[name.removeprefix(PREFIX).lower()].default)
